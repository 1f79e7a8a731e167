import { describe, expect, test } from 'vitest';
import { actionsByGroup, auditActions, catalog, isAuditAction } from './catalog';

/** The 24 names of the Xint specification, version 1, with the section they stand in. */
const specification = {
  User: ['user.login', 'user.create', 'user.update_role', 'user.deactivate'],
  Organization: [
    'organization.invitation.create',
    'organization.invitation.revoke',
    'organization.auth.email.enable',
    'organization.auth.email.disable',
    'organization.auth.google.enable',
    'organization.auth.google.disable',
    'organization.auth.oidc.enable',
    'organization.auth.oidc.disable',
    'organization.auth.oidc.configure',
    'organization.auth.oidc.update',
    'organization.auth.oidc.delete',
  ],
  Scan: ['scan.create', 'scan.delete', 'scan.start', 'scan.stop', 'scan.schedule', 'scan.unschedule'],
  Other: ['api-key.create', 'api-key.delete', 'siem.test_connection'],
} as const;

describe('the catalogue', () => {
  test('holds the 24 events of the specification in their groups, and marks everything else as an extension', () => {
    for (const [group, names] of Object.entries(specification)) {
      const ofGroup = auditActions.filter(
        (action) => catalog[action].group === group && !catalog[action].extension,
      );
      expect(ofGroup.toSorted()).toEqual([...names].sort());
    }
    expect(Object.values(specification).flat()).toHaveLength(24);
  });

  test('lists each action once, grouped in the specification’s order', () => {
    expect(
      actionsByGroup()
        .flatMap(([, actions]) => actions)
        .toSorted(),
    ).toEqual(auditActions.toSorted());
  });

  test('takes no inherited property for an action', () => {
    expect(isAuditAction('constructor')).toBe(false);
    expect(isAuditAction('__proto__')).toBe(false);
  });

  test('refuses metadata that an entry does not list, so a secret cannot slip in with an object', () => {
    for (const action of auditActions) {
      expect(catalog[action].metadata.safeParse({ password: 'hunter2' }).success).toBe(false);
    }
  });

  test('every label and phrase reads as past tense without jargon', () => {
    for (const action of auditActions) {
      const { label, phrase } = catalog[action];
      expect(label).toMatch(/^[A-Z][^.]+$/);
      expect(phrase).toMatch(/^[a-z][^.]+$/);
    }
  });

  test('is the documentation: docs/events.md says what the catalogue says (npx vitest run -u writes it)', async () => {
    await expect(eventsPage()).toMatchFileSnapshot('../../docs/events.md');
  });
});

function eventsPage(): string {
  const sections = actionsByGroup().map(([group, actions]) =>
    [
      `## ${group}`,
      '',
      '| event | description | metadata | CIM | OCSF |',
      '|---|---|---|---|---|',
      ...actions.map((action) => {
        const { description, extension, metadata, cim, ocsf } = catalog[action];
        const fields = Object.keys(metadata.shape).map((field) => `\`${field}\``);
        const model = cim
          ? `${cim.model}${cim.dataset === cim.model ? '' : ` / ${cim.dataset}`}: ${cim.action}`
          : 'none';
        const name = `\`${action}\`${extension ? ' (extension)' : ''}`;
        return `| ${name} | ${description} | ${fields.join(', ')} | ${model} | ${ocsf.classUid} (${ocsf.activityId}) |`;
      }),
      '',
    ].join('\n'),
  );
  return [
    '# Events',
    '',
    'Every event that Tracekeep records. The 24 names without a mark are the Xint specification, version 1, and never',
    'change; an *extension* is what a secure console must record besides. This page is generated from',
    '`lib/audit/catalog.ts`: `npx vitest run lib/audit/catalog.test.ts -u`.',
    '',
    'Each event carries `id`, `time`, `outcome`, `organization`, `actor`, `targets`, `context` (`ip`, `user_agent`,',
    '`request_id`, `session_id`, `origin`), `changes` and the `metadata` below; see [architecture.md](architecture.md).',
    'CIM and OCSF name the data model, dataset and action, and the class and activity, that an event belongs to.',
    '',
    ...sections,
  ].join('\n');
}
