import { randomUUID } from 'node:crypto';
import { updateName } from '@/lib/account/update-name';
import { updatePassword } from '@/lib/account/update-password';
import { endAllSessions, endOtherSessions, endSession, startSession } from '@/lib/auth/session';
import { recordSignInFailure } from '@/lib/auth/sign-in-failure';
import { hashToken, newToken } from '@/lib/crypto/token';
import { db } from '@/lib/db/client';
import { changeRole } from '@/lib/members/change-role';
import { deactivateMember, reactivateMember } from '@/lib/members/deactivate-member';
import { acceptInvitation } from '@/lib/members/invitations/accept-invitation';
import { inviteMembers } from '@/lib/members/invitations/invite-members';
import { copyLink, resendInvitation } from '@/lib/members/invitations/renew-invitation';
import { revokeInvitation } from '@/lib/members/invitations/revoke-invitation';
import { revokeMemberSessions } from '@/lib/members/revoke-member-sessions';
import { addKey, addMember } from '@/lib/members/testing/company';
import { type Prepare, password, signedIn } from '@/test/forced-failure/world';
import { createOrganization } from '@/test/organization';
import { invite } from '@/test/provider-visit';
import { anyRequest } from '@/test/signed-in';

/** An admin, and a member who has a session, an API key and an open invitation. */
async function company() {
  const source = await createOrganization();
  const ben = await addMember(source, { role: 'admin' });
  const { id } = ben.actor;
  await startSession(id, 'email', anyRequest);
  await addKey(ben, 'ci');
  await invite(ben, `${randomUUID()}@partner.example`, 'member');
  return { source, id };
}

async function invited() {
  const source = await createOrganization();
  const id = await invite(source, `${randomUUID()}@partner.example`, 'auditor');
  return { source, id };
}

/** Commands about people, their sessions and invitations. */
export const people: Record<string, Prepare> = {
  async changeRole() {
    const { source, id } = await company();
    return () => changeRole(source, id, 'member');
  },
  async deactivateMember() {
    const { source, id } = await company();
    return () => deactivateMember(source, id);
  },
  async reactivateMember() {
    const source = await createOrganization();
    const { actor } = await addMember(source, { status: 'deactivated' });
    return () => reactivateMember(source, actor.id);
  },
  async revokeMemberSessions() {
    const { source, id } = await company();
    return () => revokeMemberSessions(source, id);
  },
  async inviteMembers() {
    const source = await createOrganization();
    const addresses = [`${randomUUID()}@partner.example`, `${randomUUID()}@partner.example`];
    return () => inviteMembers(source, { addresses, role: 'member', note: null });
  },
  async copyLink() {
    const { source, id } = await invited();
    return () => copyLink(source, id);
  },
  async resendInvitation() {
    const { source, id } = await invited();
    return () => resendInvitation(source, id);
  },
  async revokeInvitation() {
    const { source, id } = await invited();
    return () => revokeInvitation(source, id);
  },
  async acceptInvitation() {
    const { source, id } = await invited();
    const token = newToken();
    await db().invitation.update({ where: { id }, data: { tokenHash: hashToken(token) } });
    return () => acceptInvitation(token, { name: 'Carol Diaz', password }, source.context);
  },
  async startSession() {
    const { source } = await company();
    const previous = await startSession(source.actor.id ?? '', 'email', anyRequest);
    return () => startSession(source.actor.id ?? '', 'email', anyRequest, previous);
  },
  async endSession() {
    const actor = await signedIn();
    return () => endSession(actor, anyRequest, actor.sessionId);
  },
  async endOtherSessions() {
    const actor = await signedIn();
    await startSession(actor.user.id, 'email', anyRequest);
    return () => endOtherSessions(actor, anyRequest);
  },
  async endAllSessions() {
    const actor = await signedIn();
    return () => endAllSessions(actor, anyRequest);
  },
  async recordSignInFailure() {
    const { organization } = await createOrganization();
    const failure = { organization, claimed: 'carol@acme.example', request: anyRequest };
    return () => recordSignInFailure({ ...failure, method: 'email', reason: 'unknown_account' });
  },
  async updateName() {
    const actor = await signedIn();
    return () => updateName(actor, 'Alice Brown', anyRequest);
  },
  async updatePassword() {
    const actor = await signedIn();
    await startSession(actor.user.id, 'email', anyRequest);
    const passwords = { currentPassword: password, newPassword: 'seven quiet lanterns drift' };
    return () => updatePassword(actor, passwords, anyRequest);
  },
};
