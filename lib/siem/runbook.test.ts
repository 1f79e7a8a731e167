import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answerWords } from '@/lib/siem/splunk/answer-words';
import { networkWords } from '@/lib/siem/splunk/network-words';
import { tlsWords } from '@/lib/siem/splunk/tls-words';

const runbook = readFileSync('docs/runbooks/siem-delivery.md', 'utf8');
const causes = Object.keys({ ...networkWords, ...tlsWords, ...answerWords, secret_unreadable: true });

it.each([...causes, 'healthy', 'degraded', 'blocked', 'paused', 'skipped', 'beyond_log', 'rewound'])(
  'the runbook says what to do about %s',
  (word) => {
    expect(runbook).toMatch(new RegExp(`\`${word}\`|^### ${word}$`, 'm'));
  },
);
