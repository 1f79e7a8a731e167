import Link from 'next/link';
import type { ReactNode } from 'react';
import { Expiry, LastUse } from '@/components/api-keys/key-state';
import { Code } from '@/components/ui/code';
import { keyHints } from '@/lib/api-keys/key-hints';
import type { ApiKeySummary } from '@/lib/api-keys/list-api-keys';

type KeyTableProps = { keys: readonly ApiKeySummary[]; zone: string; now: Date };

const columns = [
  { name: 'Name', width: '@2xl:w-[22%]' },
  { name: 'Permissions', width: '' },
  { name: 'Created by', width: '@2xl:w-[15%]' },
  { name: 'Last used', width: '@2xl:w-[18%]' },
  { name: 'Expires', width: '@2xl:w-[19%]' },
] as const;

/** An organization's keys. Where there is no room for columns its rows are cards, in the same order; the name is the link. */
export function KeyTable({ keys, zone, now }: KeyTableProps) {
  return (
    <div className="@container">
      <table className="block w-full border-collapse text-left @2xl:table @2xl:table-fixed">
        <caption className="sr-only">API keys, the newest first</caption>
        <thead className="sr-only @2xl:not-sr-only @2xl:table-header-group">
          <tr>
            {columns.map(({ name, width }) => (
              <th
                key={name}
                scope="col"
                className={`px-3 py-2.5 text-xs font-semibold text-muted first:pl-4.5 last:pr-4.5 ${width}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block @2xl:table-row-group">
          {keys.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} zone={zone} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyRow({ apiKey, zone, now }: { apiKey: ApiKeySummary; zone: string; now: Date }) {
  const hints = keyHints(apiKey, now);
  return (
    <tr className="relative grid gap-y-1.5 border-t border-line px-4.5 py-3 first:border-t-0 hover:bg-sunken @2xl:table-row @2xl:border-t! @2xl:p-0">
      <Cell>
        <Link
          href={`/settings/api-keys/${apiKey.id}`}
          prefetch={false}
          className="font-medium underline-offset-4 after:absolute after:inset-0 after:content-[''] hover:underline"
        >
          {apiKey.name}
        </Link>
        <Code className="block text-muted">{apiKey.prefix}…</Code>
      </Cell>
      <Cell>
        <ul className="flex flex-wrap gap-x-2.5 @2xl:block">
          {apiKey.scopes.map((scope) => (
            <li key={scope}>
              <Code>{scope}</Code>
            </li>
          ))}
        </ul>
      </Cell>
      <Cell label="Created by">{apiKey.createdBy.name}</Cell>
      <Cell label="Last used">
        <LastUse apiKey={apiKey} hints={hints} now={now} />
      </Cell>
      <Cell label="Expires">
        <Expiry apiKey={apiKey} hints={hints} zone={zone} now={now} />
      </Cell>
    </tr>
  );
}

/** `label` stands before the value where the table has become cards and its headings are gone. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td className="flex min-w-0 gap-3 align-middle @2xl:table-cell @2xl:h-12 @2xl:px-3 @2xl:py-2 @2xl:first:pl-4.5 @2xl:last:pr-4.5">
      {label && (
        <span aria-hidden="true" className="w-22 shrink-0 text-muted @2xl:hidden">
          {label}
        </span>
      )}
      <div className="min-w-0">{children}</div>
    </td>
  );
}
