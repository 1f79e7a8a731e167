import type { AuditMetadata } from '@/lib/audit/catalog';
import { later, minuteMs } from '@/prisma/demo/calendar';
import { asOf, type Person } from '@/prisma/demo/cast';
import type { World } from '@/prisma/demo/world';

/** People whom a provider names but who are not let in, each for a reason of its own. */
export function tellRefusals({ cast, plot, timeline }: World): void {
  const refuse = (time: Date, whom: Person | string, metadata: AuditMetadata<'user.login_failed'>): void => {
    const person = typeof whom === 'string' ? undefined : whom;
    const device = (person ?? cast.grace).devices[0];
    timeline.add({
      time,
      action: 'user.login_failed',
      outcome: 'failure',
      actor: { type: 'anonymous' },
      context: {
        ip: person ? device?.ip : '198.51.100.77',
        user_agent: device?.userAgent,
        origin: 'console',
      },
      targets: [
        typeof whom === 'string'
          ? { type: 'user', name: whom }
          : { type: 'user', id: whom.id, name: asOf(whom, time).name },
      ],
      metadata,
    });
  };
  const { googleEnabled, oidcEnabled, oidcUpdated, oidcDisabled } = plot;
  const supplier = 'k.brandt@supplier.example';
  refuse(later(googleEnabled, 95 * minuteMs), 'grace.kim@mail.example', {
    method: 'google',
    reason: 'unknown_identity',
  });
  refuse(later(oidcEnabled, 31 * minuteMs), supplier, { method: 'oidc', reason: 'domain_not_allowed' });
  refuse(later(oidcEnabled, 205 * minuteMs), 'new.hire@acme.example', {
    method: 'oidc',
    reason: 'email_not_verified',
  });
  refuse(later(oidcUpdated, 8_020 * minuteMs), supplier, { method: 'oidc', reason: 'provider_refused' });
  for (const minutes of [34, 36, 1_060]) {
    const time = later(oidcDisabled, minutes * minuteMs + 7_301);
    refuse(time, cast.noor, { method: 'oidc', reason: 'method_disabled' });
  }
}
