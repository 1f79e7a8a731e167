/** Where an invitation stands. Pending and expired ones are open: a new link makes an expired one pending again. */
export const invitationStates = ['pending', 'expired', 'accepted', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];
