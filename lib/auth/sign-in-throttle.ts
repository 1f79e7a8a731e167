import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { db } from '@/lib/db/client';

/** Failures without a delay. An account is tried from many addresses, an address (a company's) by many people. */
const freeFailures = { pair: 5, account: 10, address: 20 } as const;
/** The delay doubles from one second with each further failure, up to this. */
const maxDelaySeconds = 15 * 60;
/** Failures are forgotten when none was added for a day. */
const memorySeconds = 24 * 60 * 60;
/** A device is known by an address from which the same person signed in within this time. */
const knownDeviceDays = 30;

type Kind = keyof typeof freeFailures;

export type Throttle =
  | { allowed: false; retryAfterSeconds: number }
  | {
      allowed: true;
      /** Takes this attempt back: it was no failure. */
      succeeded(): Promise<void>;
    };

/**
 * Asks to check one password. The attempt counts as a failure until `succeeded` is called, so a thousand guesses sent
 * at once are one guess each. State is in PostgreSQL: restarts and instances do not help an attacker.
 *
 * Who signed in from this address before is only held to the pair's own failures, so a stranger who fails on
 * purpose cannot keep the owner out of the device they know. Guesses per account and hour stay under 30.
 */
export async function throttleSignIn(email: string, ip: string | undefined): Promise<Throttle> {
  const keys = throttleKeys(email, ip);
  const known = ip !== undefined && (await isKnownDevice(email, ip));
  const counted: Kind[] = known ? ['pair'] : ['account', 'address', 'pair'];
  const asked = counted.flatMap((kind) => {
    const key = keys[kind];
    return key === undefined ? [] : [{ key, free: freeFailures[kind] }];
  });

  const passed = await countFailures(asked);
  const names = asked.map(({ key }) => key);
  if (passed < asked.length) return { allowed: false, retryAfterSeconds: await longestBlock(names) };
  return { allowed: true, succeeded: () => forgive(keys.pair, names) };
}

/** Keys carry a digest: people type passwords into the wrong field, and the table is not the place to keep them. */
function throttleKeys(
  email: string,
  ip: string | undefined,
): Record<Kind, string | undefined> & { pair: string } {
  const account = createHash('sha256').update(email).digest('base64url').slice(0, 22);
  const address = ip === undefined ? undefined : addressBlock(ip);
  return {
    account: `sign-in/account/${account}`,
    address: address && `sign-in/address/${address}`,
    pair: `sign-in/pair/${account}/${address ?? '-'}`,
  };
}

/** One IPv4 address, or the /64 that one IPv6 customer has to itself. */
export function addressBlock(ip: string): string {
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return `${address.toString()}/32`;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}

async function isKnownDevice(email: string, ip: string): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM session s JOIN app_user u ON u.id = s.user_id
     WHERE u.email = ${email} AND s.ip <<= ${addressBlock(ip)}::inet
       AND s.created_at > now() - make_interval(days => ${knownDeviceDays}::int)
     LIMIT 1`;
  return rows.length > 0;
}

/** Counts the attempt under every key unless one of them is blocked. Returns how many keys let it pass. */
function countFailures(asked: readonly { key: string; free: number }[]): Promise<number> {
  // The order of keys is the order of locks: the same for everybody, so two attempts cannot deadlock.
  const sorted = asked.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const keys = sorted.map(({ key }) => key);
  const free = sorted.map((entry) => entry.free);
  return db().$executeRaw`
    INSERT INTO rate_limit AS r (key, count, window_start)
    SELECT asked.key, 1, now() FROM unnest(${keys}::text[]) WITH ORDINALITY AS asked (key, at)
     WHERE NOT EXISTS (SELECT 1 FROM rate_limit b WHERE b.key = ANY(${keys}::text[]) AND b.blocked_till > now())
     ORDER BY asked.at
    ON CONFLICT (key) DO UPDATE SET (count, window_start, blocked_till) = (
      SELECT failures, now(),
             CASE WHEN failures >= free
                  THEN now() + make_interval(secs => LEAST(${maxDelaySeconds}, power(2, LEAST(failures - free, 20)))) END
        FROM (SELECT CASE WHEN r.window_start < now() - make_interval(secs => ${memorySeconds}) THEN 1
                          ELSE LEAST(r.count, 1000000) + 1 END AS failures,
                     (${free}::int[])[array_position(${keys}::text[], r.key)] AS free) AS counted)
    WHERE r.blocked_till IS NULL OR r.blocked_till <= now()`;
}

async function longestBlock(keys: readonly string[]): Promise<number> {
  const [row] = await db().$queryRaw<{ seconds: number | null }[]>`
    SELECT EXTRACT(EPOCH FROM max(blocked_till) - now())::float8 AS seconds
      FROM rate_limit WHERE key = ANY(${[...keys]}::text[])`;
  return Math.max(1, Math.ceil(row?.seconds ?? 1));
}

/** Clears the pair, leaves the other keys as they were before this attempt, and sweeps what nobody needs any more. */
async function forgive(pair: string, keys: readonly string[]): Promise<void> {
  await db().$executeRaw`
    WITH cleared AS (
      DELETE FROM rate_limit
       WHERE key = ${pair} OR window_start < now() - make_interval(secs => ${2 * memorySeconds}))
    UPDATE rate_limit SET count = GREATEST(count - 1, 0), blocked_till = NULL
     WHERE key = ANY(${[...keys]}::text[]) AND key <> ${pair}`;
}
