import 'server-only';
import { notFound } from 'next/navigation';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { getMember, type MemberDetail } from '@/lib/members/get-member';
import { getInvitation, type Invitation } from '@/lib/members/invitations/list-invitations';

type Params = Promise<{ id: string }>;

/** The member that a page is about, and whether it is the reader; another organization's is not found. */
export async function loadMember(params: Params): Promise<{ member: MemberDetail; self: boolean }> {
  const { organization, user } = await requireConfirmed('members.manage');
  const { id } = await params;
  const member = (await getMember(organization.id, id)) ?? notFound();
  return { member, self: member.id === user.id };
}

/** Somebody else, for a page that takes something from them. */
export async function loadOther(params: Params): Promise<MemberDetail> {
  const { member, self } = await loadMember(params);
  return self ? notFound() : member;
}

/** The invitation that a page is about; another organization's is not found. */
export async function loadInvitation(params: Params): Promise<Invitation> {
  const { organization } = await requireConfirmed('members.manage');
  const { id } = await params;
  return (await getInvitation(organization.id, id)) ?? notFound();
}
