import { Notice } from '@/components/ui/notice';

const refusals = new Map<unknown, { title: string; cure: string }>([
  [
    'often',
    {
      title: 'You have begun ten exports within ten minutes, so this one was not begun',
      cure: 'Wait a few minutes, then download again.',
    },
  ],
  [
    'slow',
    {
      title: 'The events could not be found in time, so there is no file',
      cure: 'Narrow the time range, or try again when the database has less to do.',
    },
  ],
]);

/** Why the download led back to this page; nothing when it did not. */
export function ExportRefusal({ reason }: { reason: unknown }) {
  const refusal = refusals.get(reason);
  return (
    refusal && (
      <Notice tone="bad" title={refusal.title} announce>
        {refusal.cure}
      </Notice>
    )
  );
}
