import type { ReplayOutcome } from '@/components/siem/replay-address';
import { Notice } from '@/components/ui/notice';

const words: Record<ReplayOutcome, readonly [title: string, more: string]> = {
  started: ['The replay was started.', 'New events are sent first, as ever.'],
  paused: ['The replay was paused.', 'It stays where it is until you resume it.'],
  resumed: ['The replay goes on.', 'It continues where it was paused.'],
  cancelled: ['The replay was cancelled.', 'What it has sent stays in Splunk.'],
};

/** What the form that led here has done. The address only holds a word; the sentences are made here. */
export function ReplayNotice({ done }: { done: ReplayOutcome }) {
  const [title, more] = words[done];
  return (
    <Notice tone="ok" announce title={title}>
      {more}
    </Notice>
  );
}
