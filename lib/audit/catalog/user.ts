import { z } from 'zod';
import { type CimMapping, entry } from './entry';

export const authenticationMethod = z.enum(['email', 'google', 'oidc']);
const role = z.enum(['admin', 'auditor', 'member']);
const nothing = z.strictObject({});

const authentication: CimMapping = { model: 'Authentication', dataset: 'Authentication', action: 'success' };
const account = (action: string): CimMapping => ({
  model: 'Change',
  dataset: 'Account_Management',
  action,
  changeType: 'AAA',
  objectCategory: 'user',
});

export const userEvents = {
  'user.login': entry({
    group: 'User',
    label: 'Signed in',
    phrase: 'signed in',
    description: 'User successfully logged into the system',
    target: 'user',
    metadata: z.strictObject({ method: authenticationMethod }),
    cim: authentication,
    ocsf: { classUid: 3002, activityId: 1 },
  }),
  'user.login_failed': entry({
    group: 'User',
    label: 'Sign-in failed',
    phrase: 'failed to sign in as {target}',
    description: 'An attempt to sign in was refused',
    target: 'user',
    extension: true,
    metadata: z.strictObject({
      method: authenticationMethod,
      reason: z.enum(['unknown_account', 'wrong_password', 'deactivated', 'throttled', 'no_password']),
    }),
    cim: { ...authentication, action: 'failure' },
    ocsf: { classUid: 3002, activityId: 1 },
  }),
  'user.logout': entry({
    group: 'User',
    label: 'Signed out',
    phrase: 'signed out',
    description: 'A user ended one session or all of them',
    target: 'user',
    extension: true,
    metadata: z.strictObject({ scope: z.enum(['session', 'everywhere']), sessions_ended: z.int().min(0) }),
    cim: null,
    ocsf: { classUid: 3002, activityId: 2 },
  }),
  'user.create': entry({
    group: 'User',
    label: 'Added a member',
    phrase: 'added {target}',
    description: 'A new user was created or added to the organization',
    target: 'user',
    metadata: z.strictObject({ role, via: z.enum(['setup', 'invitation', 'oidc', 'google']) }),
    cim: account('created'),
    ocsf: { classUid: 3001, activityId: 1 },
  }),
  'user.update_role': entry({
    group: 'User',
    label: "Changed a member's role",
    phrase: 'changed the role of {target}',
    description: "A specific user's access role was changed",
    target: 'user',
    metadata: z.strictObject({ from: role, to: role }),
    cim: account('modified'),
    ocsf: { classUid: 3005, activityId: 3 },
  }),
  'user.deactivate': entry({
    group: 'User',
    label: 'Deactivated a member',
    phrase: 'deactivated {target}',
    description: 'A user account was deactivated and access was revoked',
    target: 'user',
    metadata: z.strictObject({ sessions_ended: z.int().min(0), api_keys_revoked: z.int().min(0) }),
    cim: account('modified'),
    ocsf: { classUid: 3001, activityId: 5 },
  }),
  'user.reactivate': entry({
    group: 'User',
    label: 'Reactivated a member',
    phrase: 'reactivated {target}',
    description: 'A deactivated user account was given access again',
    target: 'user',
    extension: true,
    metadata: nothing,
    cim: account('modified'),
    ocsf: { classUid: 3001, activityId: 2 },
  }),
};
