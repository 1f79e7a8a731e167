import { answerWords } from '@/lib/siem/splunk/answer-words';
import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import { networkWords } from '@/lib/siem/splunk/network-words';
import { tlsWords } from '@/lib/siem/splunk/tls-words';
import type { Diagnosis, Target, Words } from '@/lib/siem/splunk/words';

export type { Diagnosis, Target } from '@/lib/siem/splunk/words';

// A cause without words does not compile.
const wordsFor: Readonly<Record<CauseId, Words>> = { ...networkWords, ...tlsWords, ...answerWords };

/**
 * What to tell an admin about a cause: the field it belongs to, the cause in one sentence, the cure in the next. The
 * wording is that of ux.md §2.3, the cures are those of hec.md §4.2. Texts hold no secret and nothing that the other side
 * could have made up, but for HEC's own words, bounded and printable.
 */
export function diagnose(cause: Cause, target: Target): Diagnosis {
  return wordsFor[cause.id](cause, target);
}
