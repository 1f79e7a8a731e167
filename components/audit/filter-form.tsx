import { Search } from 'lucide-react';
import Form from 'next/form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { actionsByGroup, catalog } from '@/lib/audit/catalog';
import { type AuditFilter, isUnfiltered, type PageSize, pageSizes, type ranges } from '@/lib/audit/filter';
import { instantToZoned } from '@/lib/zoned-time';

const path = '/settings/audit-log';

const rangeLabels: Record<keyof typeof ranges, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  all: 'Any time',
};

type FilterFormProps = { filter: AuditFilter; size: PageSize; zone: string };

/** One GET form: the address is the filter, with and without JavaScript. */
export function FilterForm({ filter, size, zone }: FilterFormProps) {
  const local = (instant: Date | undefined) => instant && instantToZoned(instant, zone);
  return (
    <Form action={path} className="grid gap-3" aria-label="Filter the audit log">
      <div className="flex gap-2.5">
        <div className="relative min-w-0 flex-1">
          <Search className="pointer-events-none absolute top-2.5 left-3 text-muted" />
          <Input
            name="q"
            type="search"
            aria-label="Search"
            placeholder="Name, e-mail, address or event id"
            defaultValue={filter.text}
            className="pl-9"
          />
        </div>
        <SubmitButton>Search</SubmitButton>
      </div>
      <div className="grid grid-cols-1 gap-3 min-[420px]:grid-cols-2 lg:grid-cols-4 xl:grid-cols-[1.4fr_1.2fr_0.8fr_1fr_1.1fr_1.1fr]">
        <Field id="filter-action" label="Action">
          {(control) => (
            <Select {...control} name="action" defaultValue={filter.actions[0] ?? ''}>
              <option value="">Any action</option>
              {actionsByGroup().map(([group, actions]) => (
                <optgroup key={group} label={group}>
                  {families(actions).map((family) => (
                    <option key={family} value={`${family}.*`}>
                      All of {family}
                    </option>
                  ))}
                  {actions.map((action) => (
                    <option key={action} value={action}>
                      {catalog[action].label} ({action})
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
        <Field id="filter-actor" label="Actor">
          {(control) => <Input {...control} name="actor" defaultValue={filter.actor} />}
        </Field>
        <Field id="filter-result" label="Result">
          {(control) => (
            <Select {...control} name="result" defaultValue={filter.outcome ?? ''}>
              <option value="">Any</option>
              <option value="success">OK</option>
              <option value="failure">Failed</option>
            </Select>
          )}
        </Field>
        <Field id="filter-range" label="Time">
          {(control) => (
            <Select {...control} name="range" defaultValue={filter.range}>
              {Object.entries(rangeLabels).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="filter-from" label="From">
          {(control) => (
            <Input {...control} name="from" type="datetime-local" defaultValue={local(filter.from)} />
          )}
        </Field>
        <Field id="filter-to" label="Before">
          {(control) => (
            <Input {...control} name="to" type="datetime-local" defaultValue={local(filter.to)} />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted">
        <label htmlFor="filter-size">Rows</label>
        <Select id="filter-size" name="size" defaultValue={String(size)} className="w-20">
          {pageSizes.map((n) => (
            <option key={n}>{n}</option>
          ))}
        </Select>
        <span>Times are in {zone}.</span>
        {!isUnfiltered(filter) && (
          <Button href={path} size="sm" variant="ghost" className="ml-auto">
            Clear all filters
          </Button>
        )}
      </div>
    </Form>
  );
}

/** The parts of the names that a "family.*" filter can have: "user", "organization.auth", … */
function families(actions: readonly string[]): string[] {
  const names = actions.map((action) => action.slice(0, action.lastIndexOf('.')));
  return [...new Set(names)].filter((name) => names.filter((other) => other.startsWith(name)).length > 1);
}
