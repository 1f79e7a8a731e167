import { db } from '@/lib/db/client';

/**
 * Lets the time pass that somebody would only wait for: until the next attempt of a stream (up to a minute, five minutes
 * where it is blocked, fifteen where Splunk asked for them).
 */
export async function passWaits(...integrationIds: readonly string[]): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_stream SET next_attempt_at = clock_timestamp() - interval '1 second'
     WHERE integration_id = ANY(${[...integrationIds]}::uuid[]) AND next_attempt_at > clock_timestamp()`;
}

/** Lets the leases run out that processes held which are no more. */
export async function passLeases(dead: ReadonlySet<number>): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_stream SET lease_until = clock_timestamp()
     WHERE lease_until > clock_timestamp() AND split_part(lease_owner, '/', 2) = ANY(${[...dead].map(String)}::text[])`;
}

/** The process that holds the stream's lease now. */
export async function holderOf(integrationId: string): Promise<number | undefined> {
  const [row] = await db().$queryRaw<{ pid: string }[]>`
    SELECT split_part(lease_owner, '/', 2) AS pid FROM siem_stream
     WHERE integration_id = ${integrationId}::uuid AND lease_until > clock_timestamp()`;
  return row && Number(row.pid);
}

/** Lets the ten minutes pass in which a refused token may only be one that a part of Splunk does not know yet. */
export async function passPatience(integrationId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_stream SET last_error = jsonb_set(last_error, '{since}', to_jsonb(now() - interval '11 minutes'))
     WHERE integration_id = ${integrationId}::uuid AND last_error ? 'since'`;
  await passWaits(integrationId);
}
