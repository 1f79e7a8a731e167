import { expect } from 'vitest';
import { db } from '@/lib/db/client';
import type { DrainOptions } from '@/lib/siem/delivery/drain';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { runReplay } from '@/lib/siem/replay/run-replay';
import { act, openClients, setStage } from '@/lib/siem/testing/stage';

export const longAgo = new Date('2020-01-01');
export const soon = () => new Date(Date.now() + 60_000);
/** All that was ever recorded, as fast as it goes. */
export const everything = () => ({ from: longAgo, to: soon(), eventsPerSecond: 10_000 });

/** Ten events, all of them in Splunk, which then forgets them. */
export async function setReplayStage() {
  const stage = await setStage();
  await act(stage.source, 9);
  expect(await stage.drain()).toBe('caught_up');
  const before = stage.splunk.events().map(({ raw }) => raw);
  stage.splunk.reset();
  const clients = openClients();
  const run = (id: string, more: Partial<DrainOptions> = {}) =>
    runReplay(id, { owner: 'test', clients, ...more });
  return { ...stage, before, run };
}

export async function refusalOf(work: Promise<unknown>) {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof RefusedError ? error.problems[0]?.field : error;
}

export function replayRow(id: string) {
  return db().siemReplay.findUniqueOrThrow({ where: { id } });
}

export async function skipReplayWait(id: string): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_replay SET next_attempt_at = clock_timestamp() - interval '1 second' WHERE id = ${id}::uuid`;
}
