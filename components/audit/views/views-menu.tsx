import { Bookmark, BookmarkPlus, House, ScrollText, Settings2, UsersRound } from 'lucide-react';
import { allEventsHref } from '@/components/audit/log-href';
import { newViewHref, viewHref, viewsPath } from '@/components/audit/views/view-address';
import { Menu } from '@/components/ui/menu';
import { MenuLink } from '@/components/ui/menu-link';
import { type AuditFilter, isUnfiltered } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';
import { legible } from '@/lib/audit/legible';
import type { SavedView } from '@/lib/audit-views/list-views';

type ViewsMenuProps = { views: readonly SavedView[]; filter: AuditFilter };

/** The filters that have a name, the one that is shown marked, and the way to give this one a name. */
export function ViewsMenu({ views, filter }: ViewsMenuProps) {
  const all = isUnfiltered(filter);
  const shown = formatAuditSearch({ filter }).toString();
  const current = views.find(({ query }) => query === shown);
  return (
    <Menu
      variant="secondary"
      icon={<Bookmark />}
      trigger={<span className="max-w-48 truncate">{current ? legible(current.name) : 'Saved views'}</span>}
      prominent
      label={current ? `Saved views: ${legible(current.name)}` : 'Saved views'}
      className="max-h-[70dvh] overflow-y-auto"
    >
      <ul aria-label="Saved views">
        <li>
          <MenuLink href={allEventsHref} icon={<ScrollText />} chosen={all}>
            All events
          </MenuLink>
        </li>
        {views.map((view) => (
          <li key={view.id}>
            <MenuLink href={viewHref(view)} icon={<ViewIcon view={view} />} chosen={view === current}>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {legible(view.name)}
                <ViewNote view={view} />
              </span>
            </MenuLink>
          </li>
        ))}
      </ul>
      <div className="mt-1.5 border-t border-line pt-1.5">
        {!all && !current && (
          <MenuLink href={newViewHref(filter)} icon={<BookmarkPlus />}>
            Save this view
          </MenuLink>
        )}
        {views.length > 0 ? (
          <MenuLink href={viewsPath} icon={<Settings2 />}>
            Manage views
          </MenuLink>
        ) : (
          all && (
            <p className="px-2 py-1 text-sm text-muted">
              Filter the log, and you can save what you see as a view.
            </p>
          )
        )}
      </div>
    </Menu>
  );
}

function ViewIcon({ view: { isDefault, own } }: { view: SavedView }) {
  if (isDefault) return <House />;
  return own ? <Bookmark /> : <UsersRound />;
}

function ViewNote({ view: { isDefault, own, ownerName } }: { view: SavedView }) {
  const notes = [isDefault && 'Opens first', !own && `by ${legible(ownerName)}`].filter(Boolean);
  return notes.length > 0 && <span className="block truncate text-xs text-muted">{notes.join(', ')}</span>;
}
