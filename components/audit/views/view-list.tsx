import { Bookmark } from 'lucide-react';
import Link from 'next/link';
import { allEventsHref } from '@/components/audit/log-href';
import { FilterWords } from '@/components/audit/views/filter-words';
import { viewHref, viewsPath } from '@/components/audit/views/view-address';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { FormAction } from '@/components/ui/form-action';
import { Status } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { legible } from '@/lib/audit/legible';
import type { SavedView } from '@/lib/audit-views/list-views';

export type ViewRow = SavedView & { filter: AuditFilter };

type ViewListProps = { views: readonly ViewRow[]; zone: string; chooseDefault: FormAction };

/** The views that somebody may open, each with what it shows, whose it is, and what can be done with it. */
export function ViewList({ views, zone, chooseDefault }: ViewListProps) {
  if (views.length === 0) {
    return (
      <Card aria-label="Views">
        <EmptyState
          icon={<Bookmark />}
          title="No saved views yet"
          action={
            <Button href={allEventsHref} variant="primary">
              Open the audit log
            </Button>
          }
        >
          Filter the audit log, then choose Saved views and Save this view. Yours stand here, and those that
          others share.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card aria-label="Views">
      <ul className="divide-y divide-line">
        {views.map((view) => (
          <li key={view.id} className="flex flex-wrap items-center gap-x-4 gap-y-2.5 px-4.5 py-3.5">
            <ViewSummary view={view} zone={zone} />
            <ViewControls view={view} chooseDefault={chooseDefault} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ViewSummary({ view, zone }: { view: ViewRow; zone: string }) {
  return (
    <div className="min-w-0 flex-1 basis-64">
      <h2 className="font-medium [overflow-wrap:anywhere]">
        <Link
          href={viewHref(view)}
          prefetch={false}
          className="text-accent underline-offset-4 hover:underline"
        >
          {legible(view.name)}
        </Link>
      </h2>
      <FilterWords filter={view.filter} zone={zone} />
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted">
        <span>{ownership(view)}</span>
        {view.isDefault && <Status tone="ok">Opens first</Status>}
      </p>
    </div>
  );
}

/** Whose a view is, and who sees it. */
function ownership({ own, shared, ownerName }: SavedView): string {
  if (!own) return `Shared by ${legible(ownerName)}`;
  return shared ? 'Yours, shared with your organization' : 'Yours alone';
}

function ViewControls({ view, chooseDefault }: { view: ViewRow; chooseDefault: FormAction }) {
  const name = legible(view.name);
  return (
    <div className="flex flex-wrap gap-2">
      <form action={chooseDefault}>
        <input type="hidden" name="id" value={view.id} />
        <input type="hidden" name="does" value={view.isDefault ? 'clear' : 'choose'} />
        <SubmitButton
          variant="secondary"
          size="sm"
          aria-label={view.isDefault ? `Do not open ${name} first` : `Open ${name} first`}
        >
          {view.isDefault ? 'Do not open first' : 'Open first'}
        </SubmitButton>
      </form>
      <Button href={`${viewsPath}/${view.id}`} prefetch={false} size="sm" aria-label={`Details of ${name}`}>
        {view.own ? 'Rename or share' : 'Details'}
      </Button>
    </div>
  );
}
