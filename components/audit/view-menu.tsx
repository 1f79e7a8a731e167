import { Columns3 } from 'lucide-react';
import { columnLabels } from '@/components/audit/log-columns';
import { Checkbox } from '@/components/ui/checkbox';
import type { FormAction } from '@/components/ui/form-action';
import { Menu } from '@/components/ui/menu';
import { Radio } from '@/components/ui/radio';
import { SubmitButton } from '@/components/ui/submit-button';
import { type LogView, logColumns } from '@/lib/log-view';

/** Which columns the rows have and how high they are. Kept by the browser, not by the address: it is the reader's own. */
export function ViewMenu({ view, action }: { view: LogView; action: FormAction }) {
  return (
    <Menu
      size="sm"
      icon={<Columns3 />}
      trigger="View"
      className="max-h-[calc(100dvh-2rem)] w-80! overflow-y-auto"
    >
      <form action={action} className="grid gap-3 px-2 py-1.5">
        <fieldset>
          <legend className="font-medium">Columns</legend>
          <p className="mb-1 text-sm text-muted">Besides time, actor and action.</p>
          <div className="grid grid-cols-2 gap-x-3">
            {logColumns.map((column) => (
              <Checkbox
                key={column}
                id={`column-${column}`}
                name={`column-${column}`}
                label={columnLabels[column]}
                defaultChecked={view.columns.includes(column)}
              />
            ))}
          </div>
        </fieldset>
        <fieldset className="grid grid-cols-2 gap-x-3">
          <legend className="mb-1 font-medium">Rows</legend>
          <Radio
            id="rows-normal"
            name="rows"
            value="normal"
            label="Two lines"
            defaultChecked={!view.compact}
          />
          <Radio
            id="rows-compact"
            name="rows"
            value="compact"
            label="One line"
            defaultChecked={view.compact}
          />
        </fieldset>
        <fieldset>
          <legend className="mb-1 font-medium">Keyboard</legend>
          <Checkbox id="slash" name="slash" label="/ goes to the search field" defaultChecked={view.slash} />
        </fieldset>
        <SubmitButton>Apply</SubmitButton>
      </form>
    </Menu>
  );
}
