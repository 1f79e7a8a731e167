import { Search } from 'lucide-react';
import Form from 'next/form';
import { rangeLabels } from '@/components/audit/filter-words';
import { logHref, logPath } from '@/components/audit/log-href';
import { QueryField } from '@/components/audit/query-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import { actionsByGroup, catalog } from '@/lib/audit/catalog';
import { actionFamilies } from '@/lib/audit/filter/action-families';
import { type AuditFilter, withoutKey, withoutValue } from '@/lib/audit/filter/audit-filter';
import { type PageSize, pageSizes } from '@/lib/audit/filter/page-size';
import { printText } from '@/lib/audit/filter/query-text';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';
import { instantToZoned } from '@/lib/zoned-time';

type FilterFormProps = { filter: AuditFilter; size: PageSize; zone: string };

/** One GET form: the address is the filter, with and without JavaScript. The search field takes the whole query language. */
export function FilterForm({ filter, size, zone }: FilterFormProps) {
  const [action, actor, result] = controlled.map((key) => filter[key]?.is[0] ?? '');
  const range = filter.created && !filter.created.not ? filter.created.range : {};
  const { last = 'all', from, to } = { last: undefined, from: undefined, to: undefined, ...range };
  const local = (instant: Date | undefined) => instant && instantToZoned(instant, zone);
  return (
    // Another filter is another form: a field that was typed in would not take what a link has chosen.
    <Form
      key={logHref({ filter, size })}
      action={logPath}
      className="grid gap-3"
      aria-label="Filter the audit log"
    >
      <div className="flex gap-2.5">
        <div className="relative min-w-0 flex-1">
          <Search className="pointer-events-none absolute top-2.5 left-3 text-muted" />
          <QueryField
            completeHref={`${logPath}/complete`}
            placeholder="Name, e-mail, address or id, or a filter such as -actor:ben"
            defaultValue={printText(filter)}
            className="pl-9"
          />
        </div>
        <SubmitButton>Search</SubmitButton>
      </div>
      {/* The menus below choose most of this with a press; what has to be typed waits behind one line. */}
      <details>
        <summary className="w-fit text-sm font-medium text-accent">More filters</summary>
        <div className="mt-3 grid grid-cols-1 gap-3 min-[420px]:grid-cols-2 lg:grid-cols-4">
          <Field id="filter-action" label="Action">
            {(control) => (
              <Select {...control} name="action" defaultValue={action}>
                <option value="">Any action</option>
                {actionsByGroup().map(([group, actions]) => (
                  <optgroup key={group} label={group}>
                    {actionFamilies(actions).map((family) => (
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
            {(control) => <Input {...control} name="actor" defaultValue={actor} />}
          </Field>
          <Field id="filter-result" label="Result">
            {(control) => (
              <Select {...control} name="result" defaultValue={result}>
                <option value="">Any</option>
                <option value="success">OK</option>
                <option value="failure">Failed</option>
              </Select>
            )}
          </Field>
          <Field id="filter-range" label="Time">
            {(control) => (
              <Select {...control} name="range" defaultValue={last}>
                <option value="all">Any time</option>
                {Object.entries(rangeLabels).map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field id="filter-from" label={`From (${zone})`}>
            {(control) => <Input {...control} name="from" type="datetime-local" defaultValue={local(from)} />}
          </Field>
          <Field id="filter-to" label={`Before (${zone})`}>
            {(control) => <Input {...control} name="to" type="datetime-local" defaultValue={local(to)} />}
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
      {/* A control holds one value; an address may hold more, and they must survive the next search. */}
      {[...formatAuditSearch({ filter: uncontrolled(filter) })].map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
    </Form>
  );
}

const controlled = ['action', 'actor', 'result'] as const;

/** What of a filter no control of the form shows. */
function uncontrolled(filter: AuditFilter): AuditFilter {
  let rest = withoutKey(filter, 'text');
  for (const key of controlled) {
    const value = filter[key]?.is[0];
    if (value !== undefined) rest = withoutValue(rest, { key, not: false, value });
  }
  return rest.created?.not ? rest : withoutKey(rest, 'created');
}
