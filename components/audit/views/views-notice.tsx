import { type ViewOutcome, viewHref } from '@/components/audit/views/view-address';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { legible } from '@/lib/audit/legible';
import type { SavedView } from '@/lib/audit-views/list-views';

type About = Exclude<ViewOutcome, 'deleted' | 'no-default'>;

const titles: Record<About, (name: string) => string> = {
  saved: (name) => `${name} was saved.`,
  changed: (name) => `${name} was changed.`,
  default: (name) => `The audit log now opens with ${name}.`,
};

/** What the form that led here has done. The address holds a word and an id; the sentences are made here. */
export function ViewsNotice({ done, view }: { done: unknown; view: SavedView | undefined }) {
  if (done === 'deleted') return <Notice tone="ok" announce title="The view was deleted." />;
  if (done === 'no-default')
    return <Notice tone="ok" announce title="The audit log now opens with all events." />;
  if (!view || !isAbout(done)) return null;
  return (
    <Notice
      tone="ok"
      announce
      title={titles[done](legible(view.name))}
      action={
        <Button href={viewHref(view)} size="sm">
          Open it
        </Button>
      }
    />
  );
}

function isAbout(done: unknown): done is About {
  return typeof done === 'string' && Object.hasOwn(titles, done);
}
