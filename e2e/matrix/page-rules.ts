import { type Asker, roleOf } from '@/e2e/matrix/askers';
import { can, type Permission } from '@/lib/auth/permissions';

/** Who may open a page. */
export type PageRule = {
  /** What it takes. Undefined where `answers` says it all. */
  needs?: Permission;
  /** Only after a recent proof of who one is. */
  confirmed?: true;
  /** Without an id in the address it is about a thing that an organization may lack. */
  ofOneThing?: true;
  /** A page that is not for people of the console alone: its answer to each. */
  answers?: (asker: Asker) => string;
};

const signedIn = (asker: Asker) => roleOf[asker] !== undefined;
const home = '307 /';
const signInPage = (asker: Asker) => (signedIn(asker) ? home : '200');

const siem = '/settings/siem/splunk/[id]';
const keys = '/settings/api-keys';
const members = '/settings/members';
const authentication = '/settings/authentication';

export const pageRules: Record<string, PageRule> = {
  '/': { needs: 'account.manage' },
  '/account': { needs: 'account.manage' },
  '/confirm': {
    answers: (asker) => {
      if (!signedIn(asker)) return `307 /login?next=${encodeURIComponent('/confirm')}`;
      return asker === 'admin with an old proof' ? '200' : home;
    },
  },
  '/invite/[token]': { answers: () => '200' },
  '/login': { answers: signInPage },
  '/login/[slug]': { answers: signInPage },
  // It closed when the first organization was made.
  '/setup': { answers: () => '404' },
  '/scans': { needs: 'scans.read' },
  '/scans/new': { needs: 'scans.manage' },
  '/scans/[id]': { needs: 'scans.read' },
  '/scans/[id]/delete': { needs: 'scans.manage' },
  '/scans/[id]/schedule': { needs: 'scans.manage' },
  '/scans/[id]/runs/[runId]': { needs: 'scans.read' },
  '/settings/audit-log': { needs: 'audit_log.read' },
  '/settings/audit-log/counts': { needs: 'audit_log.read' },
  '/settings/audit-log/export': { needs: 'audit_log.export' },
  '/settings/audit-log/[id]': { needs: 'audit_log.read' },
  '/settings/audit-log/views': { needs: 'audit_log.read' },
  '/settings/audit-log/views/new': { needs: 'audit_log.read' },
  '/settings/audit-log/views/[id]': { needs: 'audit_log.read' },
  '/settings/audit-log/views/[id]/delete': { needs: 'audit_log.read' },
  '/settings/audit-log/integrity': { needs: 'audit_log.verify' },
  '/settings/audit-log/retention': { needs: 'audit_log.manage', confirmed: true },
  '/settings/siem': { needs: 'siem.read' },
  '/settings/siem/splunk/new': { needs: 'siem.manage', confirmed: true },
  [siem]: { needs: 'siem.read' },
  [`${siem}/edit`]: { needs: 'siem.manage', confirmed: true },
  [`${siem}/test`]: { needs: 'siem.manage', confirmed: true },
  [`${siem}/token`]: { needs: 'siem.manage', confirmed: true },
  [`${siem}/delete`]: { needs: 'siem.manage', confirmed: true },
  [`${siem}/parked`]: { needs: 'siem.read' },
  [`${siem}/parked/retry`]: { needs: 'siem.manage' },
  [`${siem}/parked/[seq]/dismiss`]: { needs: 'siem.manage', confirmed: true },
  [`${siem}/replay`]: { needs: 'siem.read' },
  [keys]: { needs: 'api_keys.manage' },
  [`${keys}/new`]: { needs: 'api_keys.manage', confirmed: true },
  [`${keys}/[id]`]: { needs: 'api_keys.manage' },
  [`${keys}/[id]/revoke`]: { needs: 'api_keys.manage', confirmed: true },
  [members]: { needs: 'members.manage' },
  [`${members}/invite`]: { needs: 'members.manage', confirmed: true },
  [`${members}/[id]`]: { needs: 'members.manage', confirmed: true },
  [`${members}/[id]/deactivate`]: { needs: 'members.manage', confirmed: true },
  [`${members}/[id]/sign-out`]: { needs: 'members.manage', confirmed: true },
  [`${members}/invitations/[id]`]: { needs: 'members.manage', confirmed: true },
  [`${members}/invitations/[id]/revoke`]: { needs: 'members.manage', confirmed: true },
  [authentication]: { needs: 'authentication.manage', confirmed: true },
  [`${authentication}/oidc`]: { needs: 'authentication.manage', confirmed: true },
  [`${authentication}/oidc/delete`]: { needs: 'authentication.manage', confirmed: true, ofOneThing: true },
};

/** The exact answer of a page to an asker: its status, and where it leads. */
export function pageAnswer(address: string, path: string, asker: Asker): string {
  const { needs, confirmed, ofOneThing, answers } = pageRules[address] ?? {};
  if (answers) return answers(asker);
  const role = roleOf[asker];
  if (!needs) throw new Error(`${address} is in no rule`);
  if (!role) return path === '/' ? '307 /login' : `307 /login?next=${encodeURIComponent(path)}`;
  if (!can(role, needs)) return '403';
  if (confirmed && asker === 'admin with an old proof')
    return `307 /confirm?next=${encodeURIComponent(path)}`;
  return asker === 'admin elsewhere' && (ofOneThing || address.includes('[')) ? '404' : '200';
}
