import ipaddr from 'ipaddr.js';
import { auditActions, isAuditAction } from '../catalog';
import { canonicalIp } from '../ip-address';
import { type FilterKey, filterLimits } from './audit-filter';
import { didYouMean } from './did-you-mean';
import { origins, results } from './vocabulary';

/** A value as the filter holds it, or why it is none, in words for the reader. */
export type Checked = { value: string } | { notice: string };

/** Brings a value into its one spelling: `203.0.113.9/24` is `203.0.113.0/24`, `SCAN.*` is `scan.*`. */
export function checkValue(key: FilterKey, given: string): Checked {
  const name = key === 'text' ? 'q' : key;
  const value = given.trim();
  if (value.includes('\0'))
    return { notice: `The filter “${name}” holds a character that no event can hold. It was left out.` };
  if (value.length > filterLimits.valueLength)
    return {
      notice: `The filter “${name}” is longer than ${filterLimits.valueLength} characters and was left out.`,
    };
  const known = knownValue(key, value);
  return known === undefined ? { notice: refusal(key, value) } : { value: known };
}

function knownValue(key: FilterKey, value: string): string | undefined {
  const lower = value.toLowerCase();
  if (key === 'action') return isActionPattern(lower) ? lower : undefined;
  if (key === 'result') return results.find((result) => result === lower);
  if (key === 'origin') return origins.find((origin) => origin === lower);
  if (key === 'ip') return canonicalRange(value);
  // What is no well-formed text reaches neither an address nor the database.
  return value.toWellFormed();
}

/** An action of the catalogue, or a family of them: everything that begins with `scan.`. */
function isActionPattern(value: string): boolean {
  if (!value.endsWith('.*')) return isAuditAction(value);
  return auditActions.some((action) => action.startsWith(value.slice(0, -1)));
}

/** One spelling for an address or a CIDR range; undefined for what is neither, and for `10/8` or `127.1`. */
export function canonicalRange(text: string): string | undefined {
  const [host = '', suffix, ...rest] = text.split('/');
  const address = canonicalIp(host);
  if (address === undefined || rest.length > 0 || host.includes('%')) return undefined;
  const isV6 = address.includes(':');
  if (!isV6 && !host.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(host)) return undefined;
  if (suffix === undefined) return address;
  if (!/^\d{1,3}$/.test(suffix)) return undefined;
  // ::ffff:203.0.113.0/120 is an IPv4 network in the spelling of IPv6.
  const bits = Number(suffix) - (!isV6 && host.includes(':') ? 96 : 0);
  const most = isV6 ? 128 : 32;
  if (bits < 0 || bits > most) return undefined;
  if (bits === most) return address;
  const cidr = `${address}/${bits}`;
  const network = isV6
    ? ipaddr.IPv6.networkAddressFromCIDR(cidr).toRFC5952String()
    : ipaddr.IPv4.networkAddressFromCIDR(cidr).toString();
  return `${network}/${bits}`;
}

function refusal(key: FilterKey, value: string): string {
  const given = shorten(value);
  if (key === 'action')
    return `There is no action “${given}”. It was left out.${suggestion(value, auditActions)}`;
  if (key === 'result')
    return `There is no result “${given}”. It is success or failure.${suggestion(value, results)}`;
  if (key === 'origin')
    return `There is no origin “${given}”. It is console, api, scheduler or system.${suggestion(value, origins)}`;
  return `“${given}” is not an address. Write it like 203.0.113.7 or 203.0.113.0/24. It was left out.`;
}

/** ` Did you mean “x”?`, or nothing. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known);
  return meant === undefined ? '' : ` Did you mean “${meant}”?`;
}

/** A value within a notice: long enough to be recognized. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
