import { ChevronDown, Clock, Lock } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { FacetValues, Remark } from '@/components/audit/facet-values';
import { facetLabels } from '@/components/audit/facet-words';
import { createdWords, rangeLabels } from '@/components/audit/filter-words';
import { countsHref, logHref } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { MenuLink } from '@/components/ui/menu-link';
import {
  type AuditFilter,
  type Preset,
  presetNames,
  type TimeRange,
  withoutKey,
} from '@/lib/audit/filter/audit-filter';
import type { PageSize } from '@/lib/audit/filter/page-size';
import { resolveTimeRange } from '@/lib/audit/filter/time-range';
import { type Facet, facets } from '@/lib/audit/query/facets';
import type { AuditCounts } from '@/lib/audit-counts/audit-counts';

/** Of each facet; the page of counts has more. */
const menuValues = 8;

type FilterMenusProps = { filter: AuditFilter; size: PageSize; zone: string; counts: AuditCounts };

/** A menu of times, and one of each facet with what there is and how often. The counts arrive after the rows. */
export function FilterMenus({ filter, size, zone, counts }: FilterMenusProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <TimeMenu filter={filter} size={size} zone={zone} />
      {facets.map((facet) => (
        // Without JavaScript what streams in stays out of sight; the page of counts waits for it instead.
        <div key={facet} className="noscript:hidden">
          <FilterMenu trigger={<FacetTrigger facet={facet} filter={filter} />}>
            <Suspense key={counts.key} fallback={<Remark>Counting…</Remark>}>
              <FacetValues
                facet={facet}
                answer={counts.facets[facet]}
                filter={filter}
                size={size}
                most={menuValues}
              />
            </Suspense>
          </FilterMenu>
        </div>
      ))}
      <Button href={countsHref(filter)} prefetch={false} variant="ghost" size="sm">
        Counts as tables
      </Button>
    </div>
  );
}

function FacetTrigger({ facet, filter }: { facet: Facet; filter: AuditFilter }) {
  const { is = [], not = [] } = filter[facet] ?? {};
  const parts = is.length + not.length;
  if (parts === 0) return facetLabels[facet];
  return (
    <span className="font-medium text-accent">
      {facetLabels[facet]} {parts}
    </span>
  );
}

function TimeMenu({ filter, size, zone }: Omit<FilterMenusProps, 'counts'>) {
  const { created } = filter;
  const relative = created && !created.not && 'last' in created.range ? created.range.last : undefined;
  const href = (range: TimeRange) => logHref({ filter: { ...filter, created: { not: false, range } }, size });
  return (
    <FilterMenu
      icon={<Clock />}
      trigger={
        <span className={created ? 'truncate font-medium text-accent' : 'truncate'}>
          {created ? createdWords(created, zone) : 'Any time'}
        </span>
      }
    >
      <MenuLink href={logHref({ filter: withoutKey(filter, 'created'), size })} chosen={!created}>
        Any time
      </MenuLink>
      {presetNames.map((last) => (
        <MenuLink key={last} href={href({ last })} chosen={last === relative}>
          {rangeLabels[last]}
        </MenuLink>
      ))}
      {relative && (
        <div className="mt-1.5 border-t border-line pt-1.5">
          <MenuLink href={href(fixed(relative))} icon={<Lock />}>
            Fix these times
          </MenuLink>
          <Remark>Now the range moves on: a link finds what is new when it is opened.</Remark>
        </div>
      )}
    </FilterMenu>
  );
}

/** The times that a relative range means just now. */
function fixed(last: Preset): TimeRange {
  const now = new Date();
  return { ...resolveTimeRange({ last }, now), to: now };
}

function FilterMenu({
  icon,
  trigger,
  children,
}: {
  icon?: ReactNode;
  trigger: ReactNode;
  children: ReactNode;
}) {
  return (
    <Menu
      variant="secondary"
      size="sm"
      icon={icon}
      trigger={
        <>
          {trigger}
          <ChevronDown />
        </>
      }
      className="max-h-96 w-80! overflow-y-auto [--menu-side:span-inline-end]"
    >
      {children}
    </Menu>
  );
}
