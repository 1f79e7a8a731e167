import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Inspected } from '@/splunk/simulator/control/inspected';
import { ok, problem, type Reply } from '@/splunk/simulator/control/reply';
import { describeFault } from '@/splunk/simulator/faults/describe';
import { LedgerForgotten } from '@/splunk/simulator/ledger';
import { fonts } from '@/splunk/simulator/page/fonts';
import { pagePolicy, renderPage } from '@/splunk/simulator/page/page';

type Question = (asked: {
  readonly request: IncomingMessage;
  readonly query: z.output<typeof querySchema>;
  readonly inspected: Inspected;
}) => Reply | Promise<Reply>;

const text = z
  .string()
  .optional()
  .transform((typed) => typed?.trim() || undefined);
const wholeNumber = z.coerce.number().int().nonnegative();
/** An empty field of a form says nothing. */
const seconds = text
  .transform((typed) => (typed === undefined ? typed : Number(typed)))
  .pipe(z.number().optional());

/** The filter of the page and of events.json (times in epoch seconds), and from where on how much is wanted. */
export const querySchema = z.object({
  index: text,
  sourcetype: text,
  event_id: text,
  text,
  from: seconds,
  to: seconds,
  searchable: z.stringbool().optional(),
  host: text,
  after: wholeNumber.default(0),
  limit: wholeNumber.default(Number.MAX_SAFE_INTEGER),
});

/** What can be asked, by path. Nothing of this changes anything. */
export const questions: ReadonlyMap<string, Question> = new Map<string, Question>([
  ['/', page],
  ['/simulator/status.json', status],
  [
    '/simulator/events.json',
    ({ query: { after, limit, event_id, ...filter }, inspected: { instance } }) => {
      const matching = instance.store.list({ ...filter, eventId: event_id });
      const events = matching.filter(({ ordinal }) => ordinal > after).slice(0, limit);
      return ok({ events, counts: instance.store.counts() });
    },
  ],
  [
    '/simulator/journal.json',
    ({ query: { after, limit }, inspected: { instance } }) =>
      ok({ requests: instance.journal.all.filter(({ id }) => id > after).slice(0, limit) }),
  ],
  ['/simulator/ledger.ndjson', ledger],
  [
    '/simulator/duplicates.json',
    ({ inspected: { instance } }) => ok({ duplicates: Object.fromEntries(instance.store.duplicates()) }),
  ],
  ['/simulator/acks.json', ({ inspected: { instance } }) => ok({ acks: instance.acks.list() })],
  ['/simulator/lookup.json', lookup],
  [
    '/simulator/authority.pem',
    ({ inspected: { certificates } }) => ({
      status: 200,
      content: { type: 'application/x-pem-file', body: certificates.authority },
    }),
  ],
  ...[...fonts].map(([path, file]) => [path, () => font(file)] as const),
]);

function page({ request, query, inspected }: Parameters<Question>[0]): Reply {
  const { instance, connections, certificates } = inspected;
  const secure = certificates.standing !== undefined;
  const body = renderPage({
    hecUrl: `${secure ? 'https' : 'http'}://${request.headers.host ?? ''}`,
    secure,
    query: { ...query, eventId: query.event_id },
    instance,
    openConnections: connections.open,
  });
  return {
    status: 200,
    content: { type: 'text/html', body },
    headers: { 'Content-Security-Policy': pagePolicy },
  };
}

async function font(file: string): Promise<Reply> {
  return {
    status: 200,
    content: { type: 'font/woff2', body: await readFile(file) },
    headers: { 'Cache-Control': 'max-age=86400' },
  };
}

/** Counts alone, however much there is: what another process asks again and again. */
function status({ inspected: { instance, connections } }: Parameters<Question>[0]): Reply {
  const { store, journal, ledger: lines, faults, condition, limits } = instance;
  return ok({
    seed: faults.seed,
    accepted: store.accepted,
    lost: store.lost,
    requests: journal.arrived,
    ledgerLines: lines.written,
    connections: { open: connections.open, opened: connections.opened },
    condition,
    limits,
    faults: faults.list().map((active) => ({ ...active, says: describeFault(active.fault) })),
  });
}

function ledger({ query: { after, limit }, inspected: { instance } }: Parameters<Question>[0]): Reply {
  try {
    const body = instance.ledger
      .read(after, limit)
      .map((line) => `${line}\n`)
      .join('');
    return { status: 200, content: { type: 'application/x-ndjson', body } };
  } catch (error) {
    if (error instanceof LedgerForgotten) return problem(410, error.message);
    throw error;
  }
}

/** The resolver hook for a process that cannot be given a function. */
async function lookup({ query: { host }, inspected: { resolver } }: Parameters<Question>[0]): Promise<Reply> {
  if (host === undefined) return problem(400, 'host: the name to look up is missing.');
  try {
    return ok({ addresses: await resolver.lookup(host) });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return ok({ code: error.code });
    throw error;
  }
}
