import { Search } from 'lucide-react';
import Form from 'next/form';
import { logPath } from '@/components/audit/log-href';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { actionsByGroup, catalog } from '@/lib/audit/catalog';
import { type AuditFilter, type PageSize, pageSizes, type ranges } from '@/lib/audit/filter';
import { instantToZoned } from '@/lib/zoned-time';

export const rangeLabels: Record<keyof typeof ranges, string> = {
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
    <Form action={logPath} className="grid gap-3" aria-label="Filter the audit log">
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
      {/* On a phone the rows come first; there the fields wait behind one line. */}
      <details className="open-from-md">
        <summary className="font-medium text-accent">More filters</summary>
        <div className="grid grid-cols-1 gap-3 max-md:mt-3 min-[420px]:grid-cols-2 lg:grid-cols-4">
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
          <Field id="filter-from" label={`From (${zone})`}>
            {(control) => (
              <Input {...control} name="from" type="datetime-local" defaultValue={local(filter.from)} />
            )}
          </Field>
          <Field id="filter-to" label={`Before (${zone})`}>
            {(control) => (
              <Input {...control} name="to" type="datetime-local" defaultValue={local(filter.to)} />
            )}
          </Field>
          <Field id="filter-size" label="Rows">
            {(control) => (
              <Select {...control} name="size" defaultValue={String(size)}>
                {pageSizes.map((n) => (
                  <option key={n}>{n}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </details>
      {/* The select holds one action; an address may hold more, and they must survive the next search. */}
      {filter.actions.slice(1).map((action) => (
        <input key={action} type="hidden" name="action" value={action} />
      ))}
    </Form>
  );
}

/** The parts of the names that a "family.*" filter can have: "user", "organization.auth", … */
function families(actions: readonly string[]): string[] {
  const names = actions.map((action) => action.slice(0, action.lastIndexOf('.')));
  return [...new Set(names)].filter((name) => names.filter((other) => other.startsWith(name)).length > 1);
}
