import type { IntegrityOutcome } from '@/components/integrity/paths';
import { Notice, type NoticeTone } from '@/components/ui/notice';

const words: Record<IntegrityOutcome, readonly [tone: NoticeTone, title: string, more: string]> = {
  started: ['ok', 'The verification was started.', 'It goes on when you leave this page.'],
  cancelled: ['ok', 'The verification was cancelled.', 'It has no result; you can start another.'],
  signed: ['ok', 'The end of the log is signed.', 'The checkpoint goes to Splunk like every event.'],
  covered: ['info', 'Nothing was signed.', 'A checkpoint covers every event already.'],
};

/** What the form that led here has done. The address only holds a word; the sentences are made here. */
export function IntegrityNotice({ done }: { done: IntegrityOutcome }) {
  const [tone, title, more] = words[done];
  return (
    <Notice tone={tone} announce title={title}>
      {more}
    </Notice>
  );
}
