import { expect, it } from 'vitest';
import { explain } from '@/lib/siem/integrations/explain';
import { answerWords } from '@/lib/siem/splunk/answer-words';
import { networkWords } from '@/lib/siem/splunk/network-words';
import { tlsWords } from '@/lib/siem/splunk/tls-words';

const causes = Object.keys({
  ...networkWords,
  ...tlsWords,
  ...answerWords,
  secret_unreadable: 1,
  from_later: 1,
});
const canary = 'canary.acme.example';

it.each(causes)(
  'the discreet words for %s name neither host nor index nor what the other side said',
  (id) => {
    const facts = { httpStatus: 403, hecCode: 4, hecText: canary, detail: canary, networkCode: 'ECODE' };
    const problem = { id, since: new Date(), ...facts };
    const { cause, discreet } = explain(problem, { host: canary, port: 8088, index: canary });
    expect(cause).toBe(id);
    expect(`${discreet.message} ${discreet.hint}`).not.toContain('canary');
    expect(discreet.message).toMatch(/^[A-Z]/);
    expect(discreet.message).not.toMatch(/undefined|default index/);
  },
);
