import { type Asker, roleOf } from '@/e2e/matrix/askers';
import { type Method, methods } from '@/lib/api/endpoint';
import { can, type Permission } from '@/lib/auth/permissions';

/** What an address below /api that is not of the REST API answers, by method. What is not named has no such method. */
type RouteRule = Partial<Record<Method, (asker: Asker) => number>>;

const always = (status: number) => () => status;
const nowhere: RouteRule = Object.fromEntries(methods.map((method) => [method, always(404)]));
/** next-auth’s own addresses that lead out of our hands answer 404, and it knows no other methods than these. */
const closed: RouteRule = { GET: always(404), POST: always(404) };

const mayTest = (asker: Asker) => (roleOf[asker] === 'admin' && asker !== 'admin elsewhere' ? 302 : 404);

/** What a handler answers that only some roles get beyond. */
function refusalOr(status: number, asker: Asker, needs: Permission): number {
  const role = roleOf[asker];
  if (role === undefined) return 401;
  return can(role, needs) ? status : 403;
}

/** By the address of the route file: the addresses it answers, each with its rule. */
export const routeRules: Record<string, Record<string, RouteRule>> = {
  '/api/[...path]': { '/api/nowhere': nowhere, '/api/admin/users': nowhere },
  '/api/v1/[...path]': { '/api/v1/nowhere': nowhere, '/api/v1/members': nowhere },
  '/api/v1/openapi.json': { '/api/v1/openapi.json': { GET: always(200) } },
  '/api/health': { '/api/health': { GET: always(200) } },
  // Without CRON_SECRET there is nobody who could be let in.
  '/api/siem/stream': { '/api/siem/stream': { POST: always(404) } },
  // Nor without METRICS_TOKEN.
  '/api/metrics': { '/api/metrics': { GET: always(404) } },
  '/api/auth/start': {
    '/api/auth/start': { GET: always(404) },
    // Only an admin of its own organization may try a connection; the others go where they sign in.
    '/api/auth/start?provider=oidc-[oidc]&purpose=test': { GET: mayTest },
  },
  '/api/auth/[...nextauth]': {
    '/api/auth/csrf': { GET: always(200), POST: always(404) },
    '/api/auth/providers': { GET: always(200), POST: always(404) },
    '/api/auth/session': closed,
    '/api/auth/signout': closed,
    '/api/auth/callback/nowhere': closed,
  },
  '/settings/audit-log/live': {
    // Without the number after which events are new: with it, whoever may read the log is answered without an end.
    '/settings/audit-log/live': { GET: (asker) => refusalOr(400, asker, 'audit_log.read') },
  },
  '/settings/audit-log/complete': {
    '/settings/audit-log/complete?typed=actor:': { GET: (asker) => refusalOr(200, asker, 'audit_log.read') },
  },
  '/settings/audit-log/export/file': {
    '/settings/audit-log/export/file?format=csv': {
      POST: (asker) => refusalOr(200, asker, 'audit_log.export'),
    },
  },
  '/settings/audit-log/integrity/key': {
    '/settings/audit-log/integrity/key': { GET: (asker) => refusalOr(200, asker, 'audit_log.verify') },
  },
  '/scans/[id]/runs/[runId]/export': {
    '/scans/[id]/runs/[runId]/export': {
      GET: (asker) => {
        if (roleOf[asker] === undefined) return 401;
        return asker === 'admin elsewhere' ? 404 : 200;
      },
    },
  },
};
