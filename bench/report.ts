import type { Exported } from '@/bench/measure-exports';
import { percentile } from '@/bench/percentile';

/** Milliseconds of each case, by its name. */
export type Times = Record<string, number[]>;
export type Measured = { events: number; warm: Times; cold: Times; insert: Times };

/** Every case at both sizes, warm, and at the larger one cold. The least says most where other work shares the machine. */
export function queryTable(small: Measured, large: Measured): string {
  const head = [
    'query',
    `${millions(small.events)}: least`,
    'p50',
    'p95',
    `${millions(large.events)}: least`,
    'p50',
    'p95',
    'p95 ratio',
    'cold p50',
    'cold p95',
  ];
  const rows = Object.entries(large.warm).map(([name, times]) => {
    const before = small.warm[name] ?? [];
    const cold = large.cold[name] ?? [];
    const ratio = percentile(times, 0.95) / percentile(before, 0.95);
    const least = (of: number[]) => Math.min(...of).toFixed(1);
    return [
      name,
      least(before),
      ...spread(before),
      least(times),
      ...spread(times),
      ratio.toFixed(1),
      ...spread(cold),
    ];
  });
  return table(head, rows);
}

/** What writing costs at both sizes, and how much of its speed is kept. */
export function insertTable(small: Measured, large: Measured): string {
  const rows = (['single', 'hundred'] as const).map((name) => {
    const [before, after] = [small.insert[name] ?? [], large.insert[name] ?? []];
    const events = name === 'single' ? 1 : 100;
    const perSecond = (times: number[]) => Math.round((1_000 * events) / percentile(times, 0.5));
    const kept = Math.round((100 * perSecond(after)) / perSecond(before));
    return [
      name === 'single' ? 'one event in a transaction' : 'a hundred events in a transaction',
      ...[before, after].flatMap((times) => [
        perSecond(times).toLocaleString('en'),
        percentile(times, 0.95).toFixed(1),
      ]),
      `${kept} %`,
    ];
  });
  const heads = [small, large].flatMap(({ events }) => [`${millions(events)}: events/s`, 'p95 ms']);
  return table(['writing', ...heads, 'kept'], rows);
}

/** How long the browser takes from the filter to its rows. */
export function paintTable(times: Times): string {
  const rows = Object.entries(times).map(([name, of]) => [name, ...spread(of), Math.max(...of).toFixed(1)]);
  const all = Object.values(times).flat();
  const sum = ['all of them', ...spread(all), Math.max(...all).toFixed(1)];
  return table(['filter until its rows are painted', 'p50', 'p95', 'max'], [...rows, sum]);
}

/** The longest event and task of each interaction: the middle of the rounds, and the worst of them. */
export function clickTable({ events, tasks }: { events: Times; tasks: Times }): string {
  const middleAndMax = (of: number[] = []) =>
    [percentile(of, 0.5), Math.max(...of)].map((ms) => (ms === 0 ? 'short' : ms.toFixed(0)));
  const rows = Object.entries(events).map(([name, of]) => [
    name,
    ...middleAndMax(of),
    ...middleAndMax(tasks[name]),
  ]);
  return table(['at a quarter of the speed', 'longest event: p50', 'max', 'longest task: p50', 'max'], rows);
}

/** How fast the larger log leaves as files, and what that takes. */
export function exportTable(exported: Exported): string {
  const rows = exported.map(({ name, events, foundMs, readMs, bytes, peakBytes }) => [
    name,
    events.toLocaleString('en'),
    foundMs.toFixed(0),
    Math.round((1_000 * events) / readMs).toLocaleString('en'),
    Math.round(bytes / 1e6).toLocaleString('en'),
    (peakBytes / 1e6).toFixed(0),
  ]);
  return table(['export', 'events', 'found after ms', 'events/s', 'MB', 'MB above idle'], rows);
}

function spread(times: readonly number[]): string[] {
  return [percentile(times, 0.5), percentile(times, 0.95)].map((ms) => ms.toFixed(1));
}

export function millions(events: number): string {
  return events >= 1_000_000 ? `${events / 1_000_000} M` : events.toLocaleString('en');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
