import { z } from 'zod';
import { change, entry } from './entry';

const role = z.enum(['admin', 'auditor', 'member']);
const nothing = z.strictObject({});
/** Sent by mail, or shown to the admin to hand over. */
const delivery = z.enum(['mail', 'link']);

const invitation = (activityId: number, action: string) => ({
  group: 'Organization' as const,
  target: 'invitation' as const,
  cim: change(action, 'invitation'),
  ocsf: { classUid: 3004 as const, activityId },
});

/** Enabling and disabling a method differ only in words. OCSF: Enable is 8, Disable is 9. */
const method = (
  name: string,
  what: string,
  enabled: boolean,
  target: 'authentication_method' | 'identity_provider',
) =>
  entry({
    group: 'Organization',
    label: `${enabled ? 'Enabled' : 'Disabled'} ${name} sign-in`,
    phrase: `${enabled ? 'enabled' : 'disabled'} ${name} sign-in`,
    description: `${what} was ${enabled ? 'enabled' : 'disabled'}`,
    target,
    metadata: nothing,
    cim: change('modified', target),
    ocsf: { classUid: 3004, activityId: enabled ? 8 : 9 },
  });

const provider = { issuer: z.url().max(2048), client_id: z.string().max(512) };

export const organizationEvents = {
  'organization.invitation.create': entry({
    ...invitation(1, 'created'),
    label: 'Invited a member',
    phrase: 'invited {target}',
    description: 'A new user invitation was created and sent',
    metadata: z.strictObject({ role, expires_at: z.iso.datetime(), delivery }),
  }),
  'organization.invitation.resend': entry({
    ...invitation(3, 'modified'),
    label: 'Renewed an invitation',
    phrase: 'made a new link for the invitation of {target}',
    description: 'An invitation was sent again, or its link was copied; the earlier link stopped working',
    extension: true,
    metadata: z.strictObject({ expires_at: z.iso.datetime(), delivery }),
  }),
  'organization.invitation.revoke': entry({
    ...invitation(4, 'deleted'),
    label: 'Revoked an invitation',
    phrase: 'revoked the invitation of {target}',
    description: 'A previously sent user invitation was revoked',
    metadata: nothing,
  }),
  'organization.invitation.accept': entry({
    ...invitation(3, 'modified'),
    label: 'Accepted an invitation',
    phrase: 'accepted the invitation for {target}',
    description: 'An invited person joined the organization',
    extension: true,
    metadata: z.strictObject({ role }),
  }),
  'organization.auth.email.enable': method(
    'e-mail',
    'Email/Password authentication',
    true,
    'authentication_method',
  ),
  'organization.auth.email.disable': method(
    'e-mail',
    'Email/Password authentication',
    false,
    'authentication_method',
  ),
  'organization.auth.google.enable': method('Google', 'Google social login', true, 'authentication_method'),
  'organization.auth.google.disable': method('Google', 'Google social login', false, 'authentication_method'),
  'organization.auth.oidc.enable': method('OIDC', 'OIDC authentication for SSO', true, 'identity_provider'),
  'organization.auth.oidc.disable': method('OIDC', 'OIDC authentication', false, 'identity_provider'),
  'organization.auth.oidc.configure': entry({
    group: 'Organization',
    label: 'Configured OIDC',
    phrase: 'configured OIDC with {target}',
    description: 'OIDC configuration (Client ID, Endpoint, etc.) was established',
    target: 'identity_provider',
    metadata: z.strictObject(provider),
    cim: change('created', 'identity_provider'),
    ocsf: { classUid: 3004, activityId: 1 },
  }),
  'organization.auth.oidc.update': entry({
    group: 'Organization',
    label: 'Updated OIDC settings',
    phrase: 'updated the OIDC settings of {target}',
    description: 'Existing OIDC configuration was updated',
    target: 'identity_provider',
    metadata: z.strictObject({ fields: z.array(z.string().max(64)).max(32) }),
    cim: change('updated', 'identity_provider'),
    ocsf: { classUid: 3004, activityId: 3 },
  }),
  'organization.auth.oidc.test': entry({
    group: 'Organization',
    label: 'Tested OIDC sign-in',
    phrase: 'tested signing in with {target}',
    description:
      'An admin went to the OIDC provider and back to prove that sign-in works, before it is enabled',
    target: 'identity_provider',
    extension: true,
    metadata: nothing,
    cim: null,
    ocsf: { classUid: 3004, activityId: 2 },
  }),
  'organization.auth.oidc.delete': entry({
    group: 'Organization',
    label: 'Deleted the OIDC configuration',
    phrase: 'deleted the OIDC configuration of {target}',
    description: 'Registered OIDC configuration was deleted',
    target: 'identity_provider',
    metadata: nothing,
    cim: change('deleted', 'identity_provider'),
    ocsf: { classUid: 3004, activityId: 4 },
  }),
};
