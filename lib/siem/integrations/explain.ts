import type { StoredProblem } from '@/lib/siem/delivery/problem';
import type { ConfigurationField } from '@/lib/siem/integrations/refusal';
import { answerWords } from '@/lib/siem/splunk/answer-words';
import type { CauseId } from '@/lib/siem/splunk/cause';
import { diagnose, type Target } from '@/lib/siem/splunk/diagnose';
import { networkWords } from '@/lib/siem/splunk/network-words';
import { tlsWords } from '@/lib/siem/splunk/tls-words';

/** Cause and cure in a sentence each. */
export type CauseWords = { readonly message: string; readonly hint: string };

export type Explanation = CauseWords & {
  readonly field: ConfigurationField;
  /** The word of the runbook, for machines. */
  readonly cause: string;
  /** The same without host, index and names in a certificate: for whoever may not see where events go, and for mail. */
  readonly discreet: CauseWords;
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
    const { detail: __, ...unnamedFacts } = facts;
    const unnamed = diagnose(
      { id, ...unnamedFacts },
      { host: 'the Splunk server', port: target.port, unnamed: true },
    );
    return {
      field,
      cause: id,
      message,
      hint,
      discreet: { message: sentence(unnamed.message), hint: unnamed.hint },
    };
  }
  if (id === 'secret_unreadable') {
    return withoutNames('hecToken', id, {
      message: 'The stored HEC token cannot be read',
      hint: 'APP_SECRET was changed since it was entered. Enter the token again.',
    });
  }
  return withoutNames('form', id, {
    message: `Delivery failed (${id})`,
    hint: 'Test the connection to see the cause.',
  });
}

function withoutNames(field: ConfigurationField, cause: string, discreet: CauseWords): Explanation {
  return { field, cause, ...discreet, discreet };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
