import type { InvitationState } from '@/lib/members/invitations/state';

export const membersPath = '/settings/members';
export const invitePath = `${membersPath}/invite`;

export function memberHref(id: string): string {
  return `${membersPath}/${id}`;
}

export function invitationHref(id: string): string {
  return `${membersPath}/invitations/${id}`;
}

/** The list of invitations in one state; `after` continues it. */
export function invitationsHref(state: InvitationState = 'pending', after?: string): string {
  const query = new URLSearchParams({ tab: 'invitations' });
  if (state !== 'pending') query.set('state', state);
  if (after) query.set('after', after);
  return `${membersPath}?${query}`;
}
