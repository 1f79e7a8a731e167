import { afterEach, expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { newerLimit } from '@/lib/audit/query/count-newer-events';
import { recordLogin } from '@/lib/audit/testing/record-login';
import { HeadWatch } from '@/lib/audit-live/head-watch';
import { type NewEventsMessage, watchNewEvents } from '@/lib/audit-live/watch-new-events';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const hourMs = 3_600_000;
/** Nothing but a commit makes it look again. */
const onlyCommits = { lastMs: hourMs, everyMs: hourMs, pauseMs: 0 };
const often = { lastMs: hourMs, everyMs: 2, pauseMs: 0 };
const hourly = new HeadWatch(hourMs);

const open: AsyncGenerator<unknown, void>[] = [];
afterEach(async () => {
  for (const messages of open.splice(0)) await messages.return();
});

function watch(
  { organization, actor }: AuditSource,
  {
    query = '',
    mayGoOn = async () => true,
    timing = often,
    signal = new AbortController().signal,
    heads = hourly,
  } = {},
) {
  const { filter } = parseQuery(query, 'UTC');
  const { id: organizationId } = organization;
  const personId = actor.id ?? '';
  const messages = watchNewEvents({
    organizationId,
    personId,
    filter,
    seq: 1n,
    mayGoOn,
    signal,
    timing,
    heads,
  });
  open.push(messages);
  return messages;
}

/** The next thing that is told, however often there was nothing to tell. */
async function next(
  messages: AsyncGenerator<NewEventsMessage | undefined, void>,
): Promise<NewEventsMessage | 'end'> {
  for (;;) {
    const { done, value } = await messages.next();
    if (done) return 'end';
    if (value) return value;
  }
}

test('events that match and are newer are counted as they are committed, and no others', async () => {
  const [source, stranger] = [await createOrganization(), await createOrganization()];
  await recordLogin(source);
  const messages = watch(source, { query: 'action:user.login', timing: onlyCommits });
  const none = watch(source, { query: 'action:scan.*' });
  expect(await messages.next()).toEqual({ done: false, value: undefined });
  const first = next(messages);
  await recordLogin(stranger, 5);
  await recordLogin(source, 2);
  expect(await first).toEqual({ count: 2 });
  const second = next(messages);
  await recordLogin(source);
  expect(await second).toEqual({ count: 3 });
  expect(await none.next()).toEqual({ done: false, value: undefined });
  expect(await none.next()).toEqual({ done: false, value: undefined });
});

test('events of another instance, which nobody announces, are counted too; more than the limit as one more', async () => {
  const source = await createOrganization();
  await recordLogin(source, newerLimit + 50);
  const messages = watch(source, { heads: new HeadWatch(2) });
  expect(await next(messages)).toEqual({ count: newerLimit + 1 });
});

test('one look at the ends of the logs serves all who watch, and tells each log’s growth to its own', async () => {
  const [one, two] = [await createOrganization(), await createOrganization()];
  await recordLogin(one);
  await recordLogin(two);
  const heads = new HeadWatch(2);
  const told = { one: 0, two: 0 };
  const stops = [
    heads.watch(one.organization.id, () => told.one++),
    heads.watch(one.organization.id, () => told.one++),
    heads.watch(two.organization.id, () => told.two++),
  ];
  // The first look; after it, whatever is not of this process is noticed by the number alone.
  await expect.poll(() => told).toEqual({ one: 2, two: 1 });
  await db().auditHead.update({ where: { organizationId: two.organization.id }, data: { seq: 2n } });
  await expect.poll(() => told).toEqual({ one: 2, two: 2 });
  for (const stop of stops) stop();
  await recordLogin(one);
  expect(told).toEqual({ one: 2, two: 2 });
});

test('a person is told at eight pages at the same time, and at another one when one is left', async () => {
  const source = await createOrganization();
  const pages = Array.from({ length: 8 }, () => watch(source));
  for (const page of pages) expect(await page.next()).toEqual({ done: false, value: undefined });
  const ninth = watch(source);
  expect([await next(ninth), await next(ninth)]).toEqual([{ ended: 'too-many' }, 'end']);
  await pages[0]?.return();
  expect(await watch(source).next()).toEqual({ done: false, value: undefined });
});

test('it ends with its reason: when the session ends, when the time is over', async () => {
  const source = await createOrganization();
  let signedIn = true;
  const messages = watch(source, { mayGoOn: async () => signedIn });
  expect(await messages.next()).toEqual({ done: false, value: undefined });
  signedIn = false;
  expect(await next(messages)).toEqual({ ended: 'signed-out' });
  expect(await next(messages)).toBe('end');

  const brief = watch(source, { timing: { ...often, lastMs: 0 } });
  expect(await next(brief)).toEqual({ ended: 'ten-minutes' });
  expect(await next(brief)).toBe('end');
});

test('it stops without a word, and at once, when whoever watched has left', async () => {
  const source = await createOrganization();
  const left = new AbortController();
  const messages = watch(source, { signal: left.signal, timing: onlyCommits });
  await messages.next();
  const waiting = next(messages);
  left.abort();
  expect(await waiting).toBe('end');
});
