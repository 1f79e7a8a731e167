import type { StoredProblem } from '@/lib/siem/delivery/problem';
import type { ConfigurationField } from '@/lib/siem/integrations/refusal';
import { answerWords } from '@/lib/siem/splunk/answer-words';
import type { CauseId } from '@/lib/siem/splunk/cause';
import { diagnose, type Target } from '@/lib/siem/splunk/diagnose';
import { networkWords } from '@/lib/siem/splunk/network-words';
import { tlsWords } from '@/lib/siem/splunk/tls-words';

export type Explanation = {
  readonly field: ConfigurationField;
  readonly message: string;
  readonly hint: string;
};

const words = { ...networkWords, ...tlsWords, ...answerWords };

function isCauseId(id: string): id is CauseId {
  return Object.hasOwn(words, id);
}

/** A stored problem in words: cause and cure. One that another version of the program wrote is named plainly. */
export function explain(problem: StoredProblem, target: Target): Explanation {
  const { id, since: _, ...facts } = problem;
  if (isCauseId(id)) {
    const { field, message, hint } = diagnose({ id, ...facts }, target);
    return { field, message, hint };
  }
  if (id === 'secret_unreadable') {
    return {
      field: 'hecToken',
      message: 'The stored HEC token cannot be read',
      hint: 'APP_SECRET was changed since it was entered. Enter the token again.',
    };
  }
  return {
    field: 'form',
    message: `Delivery failed (${id})`,
    hint: 'Test the connection to see the cause.',
  };
}
