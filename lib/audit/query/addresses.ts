import ipaddr from 'ipaddr.js';
import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import { canonicalRange } from '../filter/values';
import { type Family, few, ranges } from './families';

/** Up to this many addresses are looked for one by one in the index. */
const maxAddresses = 500;

type Bounds = readonly [low: string, high: string];

/** The events from addresses, or from ranges of them in CIDR notation. */
export async function addressesIn(
  read: Read,
  organizationId: string,
  given: readonly string[],
): Promise<Family[]> {
  const bounds = given.map(boundsOf);
  if (bounds.every(([low, high]) => low === high)) {
    return [
      few(
        organizationId,
        'ip',
        bounds.map(([low]) => low),
      ),
    ];
  }
  const found = await knownAddresses(read, organizationId, bounds);
  if (found.length > maxAddresses) return [ranges('ip', bounds)];
  return found.length > 0 ? [few(organizationId, 'ip', found)] : [];
}

/**
 * The range of addresses that begin as a text does, in whole parts: `203.0.113` is 203.0.113.0/24, `2001:db8` is
 * 2001:db8::/32. Undefined when it does not look like the beginning of one.
 */
export function addressBeginning(text: string): string | undefined {
  const whole = canonicalRange(text);
  if (whole !== undefined) return whole;
  const isV6 = text.includes(':');
  const parts = text.replace(/[.:]$/, '').split(isV6 ? ':' : '.');
  const all = isV6 ? 8 : 4;
  if (parts.length >= all || (!isV6 && parts.length < 2)) return undefined;
  const known = isV6 ? /^[0-9a-f]{1,4}$/i : /^\d{1,3}$/;
  if (!parts.every((part) => known.test(part))) return undefined;
  const padded = isV6 ? `${parts.join(':')}::` : [...parts, '0', '0', '0'].slice(0, all).join('.');
  return canonicalRange(`${padded}/${parts.length * (isV6 ? 16 : 8)}`);
}

/**
 * The first and the last address of a range, as PostgreSQL orders them: a network comes before its addresses, and
 * inet's order is theirs.
 */
function boundsOf(range: string): Bounds {
  if (!range.includes('/')) return [range, range];
  const last =
    ipaddr.parseCIDR(range)[0].kind() === 'ipv4'
      ? ipaddr.IPv4.broadcastAddressFromCIDR(range).toString()
      : ipaddr.IPv6.broadcastAddressFromCIDR(range).toString();
  return [range, last];
}

/** The addresses within ranges that the log has, by stepping from each to the next in the index; one more than allowed. */
async function knownAddresses(
  read: Read,
  organizationId: string,
  bounds: readonly Bounds[],
): Promise<string[]> {
  const next = (after: Prisma.Sql) => Prisma.sql`
    (SELECT a.ip FROM audit_event a
      WHERE a.organization_id = ${organizationId}::uuid AND ${after} AND a.ip <= high
      ORDER BY a.ip LIMIT 1)`;
  const limit = maxAddresses + 1;
  const rows = await read<{ ip: string }>(Prisma.sql`
    WITH RECURSIVE known (ip, high) AS (
      SELECT ${next(Prisma.sql`a.ip >= low`)}, high
        FROM (VALUES ${Prisma.join(
          bounds.map(([low, high]) => Prisma.sql`(${low}::inet, ${high}::inet)`),
        )}) AS v (low, high)
      UNION ALL
      SELECT ${next(Prisma.sql`a.ip > known.ip`)}, high FROM known WHERE known.ip IS NOT NULL
    )
    SELECT DISTINCT host(ip) AS ip FROM (SELECT ip FROM known WHERE ip IS NOT NULL LIMIT ${limit}) AS found`);
  return rows.map(({ ip }) => ip);
}
