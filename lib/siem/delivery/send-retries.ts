import type { Attempt } from '@/lib/siem/delivery/attempt';
import { readRetrying } from '@/lib/siem/delivery/batch';
import { eventOrigin } from '@/lib/siem/delivery/origin';
import { parkDamaged } from '@/lib/siem/delivery/park';
import { type Result, type SendOptions, send } from '@/lib/siem/delivery/send';
import { type Settlement, unchanged } from '@/lib/siem/delivery/settlement';
import { pack } from '@/lib/siem/splunk/payload';

/** In one request: they were refused before, so in a crowd of them one refusal would follow the other. */
export const mostRetried = 20;

/**
 * Sends the parked events that an admin wants to be tried again, the first `most` of them in seq order. What comes of it moves no
 * cursor: an accepted event is settled, one that is refused again stays parked, and trouble of any other kind is the
 * stream's as ever. Refusals do not count as a sign that the destination is at fault: they were to be expected.
 */
export async function sendRetries(
  attempt: Attempt,
  most: number,
  options: SendOptions,
): Promise<Result | 'abandoned'> {
  const { organizationSlug, index, integrationId, gzip } = attempt;
  const limit = attempt.problem ? 1 : Math.min(most, attempt.maxEvents);
  const origin = eventOrigin(organizationSlug, index);
  const batch = await readRetrying({ ...attempt, limit }, integrationId, origin);
  if (!batch) return unsent(unchanged(attempt));
  const { cursor, parkedInRow, maxEvents } = attempt;
  const stays = { cursor, parkedInRow, maxEvents };
  if ('damaged' in batch) return unsent({ ...parkDamaged(batch.damaged, attempt), ...stays });
  const payload = await pack(batch.body, gzip);
  const result = await send({ ...attempt, parkedInRow: 0 }, { batch, payload }, options);
  if (result === 'abandoned') return result;
  return { ...result, settlement: { ...result.settlement, ...stays }, retry: true };
}

function unsent(settlement: Settlement): Result {
  return { settlement, batch: undefined, latencyMs: 0, retry: true };
}
