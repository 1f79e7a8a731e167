import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eventCount, tellStory } from '@/prisma/demo/story';

/** A working day, a weekend, the hour that summer time skips, the end of a year. */
const moments = [
  '2026-11-24T09:00:00Z',
  '2026-11-28T23:59:00Z',
  '2026-03-29T01:10:00Z',
  '2027-01-01T02:31:00Z',
];

describe.each(moments)('a story told at %s', (moment) => {
  const now = new Date(moment);
  const { timeline, scans, keys, invitations } = tellStory(now);
  const events = timeline.events();
  const first = (action: string, target?: string) => {
    const found = events.find(
      (event) => event.action === action && (!target || event.targets[0]?.name === target),
    );
    if (!found) throw new Error(`${action} is missing`);
    return found.time.getTime();
  };

  test('has all its events, and its turning points in their order', () => {
    expect(events).toHaveLength(eventCount);
    expect(first('organization.auth.oidc.configure')).toBeLessThan(first('organization.auth.oidc.delete'));
    expect(first('organization.auth.oidc.delete')).toBeLessThan(first('organization.auth.oidc.update'));
    expect(first('organization.auth.oidc.update')).toBeLessThan(first('organization.auth.oidc.enable'));
    expect(first('organization.auth.oidc.enable')).toBeLessThan(first('user.create', 'Noor Haddad'));
    expect(first('organization.auth.google.enable')).toBeLessThan(first('user.identity.link'));
    expect(first('user.identity.unlink')).toBeLessThan(first('organization.auth.google.disable'));
    expect(first('user.create', 'Daniel Weiss')).toBeLessThan(first('user.update_role', 'Daniel Weiss'));
    expect(first('user.update_role', 'Lars Becker')).toBeLessThan(first('user.deactivate', 'Lars Becker'));
  });

  test('lets nobody act before they came, beyond their role, or while they had no access', () => {
    const joined = new Map(
      events.flatMap(({ action, targets, time }) =>
        action === 'user.create' ? [[targets[0]?.id, time.getTime()]] : [],
      ),
    );
    const early = events.filter(
      ({ actor, time }) =>
        actor.type === 'user' && time.getTime() < (joined.get(actor.id) ?? Number.POSITIVE_INFINITY),
    );
    // The invitation is accepted in the same moment, just before.
    expect(early.map(({ action }) => action)).toEqual([]);
    const powers =
      /^(organization\.auth|siem|scan\.(create|delete|schedule|unschedule|stop)|user\.(update_role|deactivate|reactivate|revoke)|api-key|organization\.invitation\.(create|revoke|resend))/;
    const beyond = events.filter(
      ({ action, actor }) => powers.test(action) && actor.type !== 'system' && actor.role !== 'admin',
    );
    expect(beyond.map(({ action, actor }) => `${actor.name} ${action}`)).toEqual([]);
    const gone = first('user.deactivate', 'Lars Becker');
    expect(events.filter(({ actor, time }) => actor.name === 'Lars Becker' && time.getTime() > gone)).toEqual(
      [],
    );
  });

  test('never runs a scan twice at once, and ends with something to look at', () => {
    for (const { runs } of scans) {
      for (const [at, run] of runs.entries()) {
        const before = runs[at - 1];
        if (before) expect(run.createdAt.getTime()).toBeGreaterThan(before.finishedAt.getTime());
      }
    }
    const last = Object.fromEntries(scans.map(({ scan, runs }) => [scan.name, runs.at(-1)]));
    expect(last['customer-portal']?.newFindings).toBe(3);
    expect(last['staging-nightly']?.status).toBe('failed');
    expect(
      keys.some(
        ({ expiresAt }) =>
          expiresAt && expiresAt > now && expiresAt.getTime() - now.getTime() < 6 * 86_400_000,
      ),
    ).toBe(true);
    expect(
      invitations.filter((one) => !one.acceptedAt && !one.revokedAt && one.expiresAt > now),
    ).toHaveLength(2);
  });
});

test('the same moment tells the same story', () => {
  const now = new Date(moments[0] ?? '');
  const digest = () =>
    createHash('sha256')
      .update(JSON.stringify(tellStory(now).timeline.events()))
      .digest('hex');
  expect(digest()).toBe(digest());
}, 60_000);
