import { type ActionRules, id, none, thing } from '@/e2e/matrix/action-rule';
import { siemActionRules } from '@/e2e/matrix/siem-action-rules';
import { canary } from '@/e2e/matrix/things';

const account = { needs: 'account.manage' } as const;
const members = { needs: 'members.manage' } as const;
const log = { needs: 'audit_log.read' } as const;
const scans = { needs: 'scans.manage' } as const;
const keys = { needs: 'api_keys.manage', confirmed: true } as const;
const authentication = { needs: 'authentication.manage', confirmed: true } as const;

const schedule = {
  repeats: 'daily',
  minute: '0',
  time: '02:00',
  weekday: '1',
  day: '1',
  cron: '',
  timeZone: 'UTC',
};
const oidc = {
  intent: 'check',
  name: 'Acme Login',
  issuer: 'https://127.0.0.1:8443',
  clientId: 'tracekeep',
  clientSecret: '',
  scopes: 'openid',
  domains: '',
  role: 'member',
};

/** By the file that an action is written in, and its name. An admin may do all of it in this order. */
export const actionRules: ActionRules = {
  'app/(auth)/login/actions.ts': {
    signInAction: {
      needs: undefined,
      fields: () => ({ email: 'nobody@acme.example', password: 'not the password' }),
      done: '200 The e-mail address or the password is not right.',
    },
  },
  'app/(auth)/setup/actions.ts': {
    setupAction: {
      needs: undefined,
      fields: () => ({
        code: 'AAAA-AAAA-AAAA',
        organization: 'Taken over',
        name: 'Mallory',
        email: 'mallory@evil.example',
        password: 'plum quartz harbor vinegar 9',
      }),
      done: '200 This is not the set-up code.',
    },
  },
  'app/(auth)/invite/[token]/actions.ts': {
    acceptInvitationAction: {
      needs: undefined,
      fields: () => ({ token: 'A'.repeat(43), name: 'Mallory', password: 'plum quartz harbor vinegar 9' }),
      done: '200 This link does not work any more.',
    },
    leaveForInvitationAction: {
      ...account,
      fields: ({ token }) => ({ token }),
      ends: true,
      done: 'to /invite/TOKEN',
    },
  },
  'app/(console)/account/actions.ts': {
    updateNameAction: { ...account, fields: () => ({ name: 'Alice Fox' }), done: 'to /account?done=name' },
    updatePasswordAction: {
      ...account,
      fields: () => ({ currentPassword: 'not the password', newPassword: 'plum quartz harbor vinegar 9' }),
      done: '200 This is not your current password.',
    },
    endOtherSessionsAction: { ...account, fields: none, done: 'to /account?done=others' },
    endSessionAction: {
      ...account,
      fields: ({ idle }) => ({ session: idle }),
      done: 'to /account?done=session',
    },
    signOutAction: { ...account, fields: none, ends: true, done: 'to /login' },
    signOutEverywhereAction: { ...account, fields: none, ends: true, done: 'to /login' },
  },
  'app/(console)/account/sign-in-methods/actions.ts': {
    disconnectAction: {
      ...account,
      fields: ({ idle }) => ({ identity: idle }),
      done: 'to /account?disconnected=1',
    },
  },
  'app/(console)/confirm/actions.ts': {
    confirmAction: {
      ...account,
      fields: () => ({ password: 'not the password', next: '/' }),
      done: '200 This is not your password.',
    },
    signInAgainAction: {
      ...account,
      fields: () => ({ next: '/' }),
      ends: true,
      done: 'to /login/SLUG?next=%2F',
    },
  },
  'app/preferences/actions.ts': {
    setThemeAction: { ...account, fields: () => ({ theme: 'dark' }), done: 'to /account' },
    setLogViewAction: { needs: 'audit_log.read', fields: () => ({ rows: 'compact' }), done: 'to /account' },
    setTimeZoneAction: { ...account, fields: () => ({ timeZone: 'UTC' }), done: 'to /account' },
  },
  'app/(console)/settings/members/actions.ts': {
    changeRoleAction: {
      ...members,
      ...thing,
      confirmed: true,
      fields: id('person', { role: 'auditor', confirmed: 'on' }),
      done: 'to /settings/members/ID?done=role',
    },
    revokeSessionsAction: {
      ...members,
      ...thing,
      fields: id('person'),
      done: 'to /settings/members/ID?done=signed-out',
    },
    deactivateMemberAction: {
      ...members,
      ...thing,
      fields: id('person'),
      done: 'to /settings/members/ID?done=deactivated',
    },
    reactivateMemberAction: {
      ...members,
      ...thing,
      confirmed: true,
      fields: id('person'),
      done: 'to /settings/members/ID?done=reactivated',
    },
  },
  'app/(console)/settings/members/invitations/actions.ts': {
    inviteAction: {
      ...members,
      confirmed: true,
      fields: () => ({ addresses: 'new@partner.example', role: 'admin', note: '' }),
      done: '200',
    },
    renewInvitationAction: {
      ...members,
      ...thing,
      confirmed: true,
      fields: id('invitation', { by: 'link' }),
      done: '200',
    },
    revokeInvitationAction: {
      ...members,
      ...thing,
      fields: id('invitation'),
      done: 'to /settings/members?tab=invitations&done=revoked',
    },
  },
  'app/(console)/scans/actions.ts': {
    createScanAction: {
      ...scans,
      fields: () => ({ name: 'Mine', targetUrl: 'https://127.0.0.1:8443', description: '' }),
      done: 'to /scans/ID?done=created&scan=ID',
    },
    startOrStopScanAction: {
      ...scans,
      ...thing,
      fields: id('idle', { back: 'list', does: 'start' }),
      done: 'to /scans?done=started&scan=ID',
    },
    scheduleScanAction: {
      ...scans,
      ...thing,
      fields: id('scan', { ...schedule, intent: 'save' }),
      done: 'to /scans/ID?done=scheduled&scan=ID',
    },
    unscheduleScanAction: {
      ...scans,
      ...thing,
      fields: id('scan'),
      done: 'to /scans/ID?done=unscheduled&scan=ID',
    },
    deleteScanAction: {
      ...scans,
      ...thing,
      fields: id('scan', { confirmation: canary }),
      done: 'to /scans?done=deleted',
    },
  },
  'app/(console)/settings/api-keys/actions.ts': {
    createKeyAction: {
      ...keys,
      fields: () => ({ name: 'Mine', expires: '7', 'scans:write': 'on' }),
      done: '200',
    },
    revokeKeyAction: {
      ...keys,
      ...thing,
      fields: id('key', { confirmation: canary }),
      done: 'to /settings/api-keys?revoked=ID',
    },
  },
  'app/(console)/settings/audit-log/views/actions.ts': {
    saveViewAction: {
      ...log,
      fields: () => ({ query: 'action=scan.*', name: 'Mine' }),
      done: 'to /settings/audit-log/views?done=saved&view=ID',
    },
    changeViewAction: {
      ...log,
      ...thing,
      fields: id('view', { name: 'Taken over' }),
      done: `200 Only ${canary} can change this view.`,
    },
    chooseDefaultViewAction: {
      ...log,
      ...thing,
      fields: id('view', { does: 'choose' }),
      done: 'to /settings/audit-log/views?done=default&view=ID',
    },
    deleteViewAction: {
      ...log,
      ...thing,
      fields: id('view'),
      done: 'to /settings/audit-log/views?done=deleted',
      auditor: `200 Only ${canary} or an admin can delete this view.`,
    },
  },
  'app/(console)/settings/audit-log/integrity/actions.ts': {
    signCheckpointAction: {
      needs: 'audit_log.verify',
      fields: none,
      // The auditor comes first; then there is nothing left to sign.
      auditor: 'to /settings/audit-log/integrity?done=signed',
      done: 'to /settings/audit-log/integrity?done=covered',
    },
    verifyAction: {
      needs: 'audit_log.verify',
      fields: () => ({ firstSeq: '2', lastSeq: '1' }),
      done: '200 There is no event in this range.',
    },
    cancelVerificationAction: {
      needs: 'audit_log.verify',
      fields: none,
      done: 'to /settings/audit-log/integrity?done=cancelled',
    },
  },
  'app/(console)/settings/audit-log/retention/actions.ts': {
    setRetentionAction: {
      needs: 'audit_log.manage',
      confirmed: true,
      fields: () => ({ days: '400', events: '0' }),
      done: 'to /settings/audit-log/retention?done=changed',
    },
  },
  ...siemActionRules,
  'app/(console)/settings/authentication/actions.ts': {
    enableMethodAction: {
      ...authentication,
      fields: () => ({ method: 'google' }),
      done: 'to /settings/authentication?enabled=google',
    },
    disableMethodAction: {
      ...authentication,
      fields: () => ({ method: 'oidc' }),
      done: 'to /settings/authentication?disabled=oidc',
    },
    saveOidcAction: { ...authentication, fields: () => oidc, done: '200' },
    deleteOidcAction: {
      ...authentication,
      ...thing,
      fields: id('oidc', { confirmation: canary }),
      done: 'to /settings/authentication?deleted=oidc',
    },
  },
};
