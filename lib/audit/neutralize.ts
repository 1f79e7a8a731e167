import type { Json } from './canonical-json';

/** Marks text that was cut. The reader of a log must see that something is missing. */
export const truncationMark = '…[truncated]';

/** Nothing an admin does needs more; a hostile value does (security.md §3.1 number 5). */
const maxDepth = 8;
const maxMembers = 200;

/**
 * Text that PostgreSQL, JSON and Splunk all take: NUL and lone surrogates become U+FFFD, and what is longer than
 * `maxLength` UTF-16 units is cut and marked. Content must never be able to make the write of an event fail.
 */
export function neutralText(text: string, maxLength: number): string {
  const clean = text.toWellFormed().replaceAll('\u0000', '\uFFFD');
  if (clean.length <= maxLength) return clean;
  return clean.slice(0, maxLength - truncationMark.length).toWellFormed() + truncationMark;
}

/** The same for a tree: bounded depth, bounded number of members, no nulls. */
export function neutralTree(value: unknown, maxLength: number, depth = 0): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return neutralText(value, maxLength);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object') return String(value);
  if (depth >= maxDepth) return truncationMark;
  if (Array.isArray(value)) {
    return value.slice(0, maxMembers).map((item) => neutralTree(item, maxLength, depth + 1) ?? '');
  }
  const members = Object.entries(value)
    .slice(0, maxMembers)
    .map(([key, member]) => [neutralText(key, 200), neutralTree(member, maxLength, depth + 1)] as const);
  return Object.fromEntries(members);
}
