import { z } from 'zod';
import { big } from '@/bench/load-logs';
import type { AuditSource } from '@/lib/audit/event';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { type ExportFormat, exportFormats } from '@/lib/audit-export/file-name';
import { startExport } from '@/lib/audit-export/start-export';

export const exportedSchema = z.array(
  z.object({
    name: z.string(),
    events: z.number(),
    /** Until the first line could leave: the events were found, and the export was recorded. */
    foundMs: z.number(),
    /** From then to the end. */
    readMs: z.number(),
    bytes: z.number(),
    /** By how much the process was larger at any moment than before. */
    peakBytes: z.number(),
  }),
);
export type Exported = z.infer<typeof exportedSchema>;

const queries = ['', 'action:scan.*', '-actor:"ci bot 0"', 'fox result:failure'];

/** Exports to a reader who takes everything at once, up to the limit of a file. */
export async function measureExports(): Promise<Exported> {
  const exported: Exported = [];
  // The first one also compiles, connects, and lets the heap grow to what a server that has worked for a while has.
  await measure('', 'ndjson');
  for (const query of queries) {
    for (const format of exportFormats) exported.push(await measure(query, format));
  }
  return exported;
}

async function measure(query: string, format: ExportFormat): Promise<Exported[number]> {
  const idle = process.memoryUsage.rss();
  const encoder = new TextEncoder();
  const begin = performance.now();
  const { filter } = parseQuery(query, 'UTC');
  const { events, lines } = await startExport(someone(), { filter, format });
  const found = performance.now();
  let [bytes, peak] = [0, idle];
  for await (const part of lines) {
    bytes += encoder.encode(part).length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const [foundMs, readMs] = [found - begin, performance.now() - found];
  return {
    name: `${format}: ${query || 'everything'}`,
    events,
    foundMs,
    readMs,
    bytes,
    peakBytes: peak - idle,
  };
}

/** Another person each time: nobody may export as often as a benchmark does. */
function someone(): AuditSource {
  const { organizationId: id, slug } = big;
  return {
    organization: { id, slug, name: slug },
    actor: { type: 'user', id: crypto.randomUUID(), name: 'Bench' },
    context: { origin: 'console' },
  };
}
