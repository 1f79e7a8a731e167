import { describe, expect, test } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { addToLog, logOf } from '@/lib/audit/query/testing/log-of';
import { asSuperuser } from '@/lib/audit/testing/as-superuser';
import { type ExportFormat, exportFileName } from '@/lib/audit-export/file-name';
import { startExport } from '@/lib/audit-export/start-export';
import { readCsv } from '@/lib/audit-export/testing/read-csv';
import { pool } from '@/lib/db/pool';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

const { superuserUrl } = useDatabase();

const scan = (name: string) => [{ type: 'scan' as const, id: name, name }];
const filterOf = (query: string) => parseQuery(query, 'UTC').filter;

async function fileOf(lines: AsyncGenerator<string, void>): Promise<string> {
  const parts: string[] = [];
  for await (const part of lines) parts.push(part);
  return parts.join('');
}

async function exported(source: AuditSource, query: string, format: ExportFormat, limit?: number) {
  const wish = { filter: filterOf(query), format, ...(limit !== undefined && { limit }) };
  const { lines, ...rest } = await startExport(source, wish);
  return { ...rest, text: await fileOf(lines) };
}

/** What the log says of its last export. */
async function lastRecord({ organization }: AuditSource) {
  const { rows } = await pool().query<{ record: string }>(
    `SELECT record FROM audit_event WHERE organization_id = $1 AND action = 'audit_log.export' ORDER BY seq DESC LIMIT 1`,
    [organization.id],
  );
  return JSON.parse(rows[0]?.record ?? '{}');
}

describe('a file', () => {
  test('holds exactly the events that match, oldest first, in more than one batch; the log tells so before it begins', async () => {
    const drafts = Array.from({ length: 620 }, (_, n) => ({ targets: scan(n % 2 === 0 ? 'even' : 'odd') }));
    const source = await logOf(drafts);
    const { fileName, lines, events } = await startExport(source, {
      filter: filterOf('target:even'),
      format: 'csv',
    });
    expect(events).toBe(310);
    expect(await lastRecord(source)).toMatchObject({
      actor: { id: source.actor.id },
      targets: [{ type: 'audit_export', name: fileName }],
      metadata: {
        format: 'csv',
        query: 'target:even',
        events: 310,
        first_seq: '1',
        last_seq: '619',
        truncated: false,
      },
    });
    // What happens while it is read is not in it.
    await addToLog(source, [{ targets: scan('even') }]);
    const [head = [], ...rows] = readCsv(await fileOf(lines));
    expect(rows.map((cells) => Number(cells[head.indexOf('seq')]))).toEqual(
      Array.from({ length: 310 }, (_, n) => 2 * n + 1),
    );
    expect(new Set(rows.map((cells) => cells[head.indexOf('target_name')]))).toEqual(new Set(['even']));
  });

  test('that the limit cuts holds the newest, and its name says so', async () => {
    const source = await logOf(Array.from({ length: 30 }, () => ({})));
    const whole = await exported(source, '', 'ndjson', 30);
    expect(whole.fileName).not.toContain('truncated');
    expect(whole.text.trimEnd().split('\n')).toHaveLength(30);
    const cut = await exported(source, 'action:scan.*', 'ndjson', 29);
    const seqs = cut.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
    expect(seqs).toEqual(Array.from({ length: 29 }, (_, n) => n + 2));
    expect(cut.fileName).toMatch(/_truncated-to-29\.ndjson$/);
    expect((await lastRecord(source)).metadata).toMatchObject({ events: 29, truncated: true });
  });

  test('without an event has the names of the columns, and a name of its own', async () => {
    const source = await createOrganization();
    const { fileName, text, events } = await exported(source, 'actor:nobody', 'csv');
    expect(events).toBe(0);
    expect(readCsv(text)).toHaveLength(1);
    expect(fileName).toBe(`audit-log_${source.organization.slug}_no-events.csv`);
  });

  test('has what somebody named a formula as text, and times in UTC', async () => {
    const source = await logOf([
      {
        time: new Date('2026-10-25T02:30:00+01:00'),
        actor: { type: 'user', id: 'm', name: '=HYPERLINK("https://evil.example")' },
        targets: [...scan('one'), ...scan('two, "three"')],
      },
    ]);
    const { text, fileName } = await exported(source, '', 'csv');
    const [head = [], cells = []] = readCsv(text);
    const cell = (name: string) => cells[head.indexOf(name)];
    expect(cell('actor_name')).toBe('\'=HYPERLINK("https://evil.example")');
    expect(cell('time')).toBe('2026-10-25T01:30:00.000Z');
    expect(JSON.parse(cell('other_targets') ?? '')).toEqual(scan('two, "three"'));
    expect(fileName).toContain('_20261025T013000Z_20261025T013000Z.csv');
  });

  test('breaks off rather than pass a part for the whole when an event is not there any more', async () => {
    const source = await logOf([{}, {}, {}]);
    const { lines } = await startExport(source, { filter: {}, format: 'ndjson' });
    await asSuperuser(superuserUrl, 'DELETE FROM audit_event WHERE organization_id = $1 AND seq = 2', [
      source.organization.id,
    ]);
    await expect(fileOf(lines)).rejects.toThrow('are gone');
  });

  test('of another organization’s events is never made', async () => {
    const [mine, theirs] = [await logOf([{}]), await logOf([{ targets: scan('canary') }])];
    const { text } = await exported(mine, '', 'ndjson');
    expect(text).not.toContain('canary');
    expect(text).not.toContain(theirs.organization.id);
  });
});

test('an eleventh export within ten minutes is refused and not recorded, for one person', async () => {
  const source = await createOrganization();
  for (let n = 0; n < 10; n += 1) await startExport(source, { filter: {}, format: 'csv' });
  const before = (await lastRecord(source)).id;
  await expect(startExport(source, { filter: {}, format: 'csv' })).rejects.toThrow(UserError);
  expect((await lastRecord(source)).id).toBe(before);
  const colleague = { ...source, actor: { ...source.actor, id: 'colleague' } };
  await expect(startExport(colleague, { filter: {}, format: 'csv' })).resolves.toBeDefined();
});

test('a name holds nothing that a file system or a header could take for something else', () => {
  const odd = { slug: '../a"b\r\n', format: 'csv', ends: undefined, truncatedTo: undefined } as const;
  expect(exportFileName(odd)).toMatch(/^[\w.-]+$/);
});
