import { z } from 'zod';
import { type Role, roles } from '@/lib/auth/permissions';

export const memberStatuses = ['active', 'deactivated'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** What an admin asks of the list of members. The page, its links and the query share this one description. */
export type MemberFilter = {
  /** Anywhere in the name or the address. */
  text?: string | undefined;
  role?: Role | undefined;
  status?: MemberStatus | undefined;
};

/** Where a page of the list begins or ends: at the member with this id. */
export type MemberCursor = { after: string } | { before: string };

export type MemberSearch = { filter: MemberFilter; cursor?: MemberCursor | undefined };
export type SearchParams = Record<string, string | string[] | undefined>;

const maxTextLength = 200;

/** Reads a search from the address. What cannot be understood counts as absent: the form shows what is applied. */
export function parseMemberSearch(params: SearchParams): MemberSearch {
  const one = <T>(name: string, schema: z.ZodType<T>): T | undefined => schema.safeParse(params[name]).data;
  const text = one('q', z.string())?.replaceAll('\0', '').trim().slice(0, maxTextLength);
  const after = one('after', z.uuid());
  const before = one('before', z.uuid());
  return {
    filter: {
      text: text || undefined,
      role: one('role', z.enum(roles)),
      status: one('status', z.enum(memberStatuses)),
    },
    cursor: after !== undefined ? { after } : before === undefined ? undefined : { before },
  };
}

/** The query of a search, in a fixed order; empty where nothing is asked for. */
export function formatMemberSearch({ filter, cursor }: MemberSearch): string {
  const asked = { q: filter.text, role: filter.role, status: filter.status, ...cursor };
  return new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
}

/** Whether nobody is excluded. */
export function isUnfiltered({ text, role, status }: MemberFilter): boolean {
  return text === undefined && role === undefined && status === undefined;
}
