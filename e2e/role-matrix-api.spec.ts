import { bodies, fillIn as fillInCall, insertScan, stateFor } from '@/e2e/api-calls';
import { askers } from '@/e2e/matrix/askers';
import { routeAddresses } from '@/e2e/matrix/entry-points';
import { addKeys } from '@/e2e/matrix/keys';
import { routeRules } from '@/e2e/matrix/route-rules';
import { expect, test } from '@/e2e/matrix/stage';
import { canary, everythingOf, fillIn } from '@/e2e/matrix/things';
import { methods, takesBody } from '@/lib/api/endpoint';
import { specification } from '@/lib/api/specification';
import { scopePermissions, scopes } from '@/lib/api-keys/scopes';
import { can } from '@/lib/auth/permissions';

test.describe.configure({ mode: 'parallel' });

/** What a browser says of a link on a page of ours. */
const fromOurPage = { 'sec-fetch-site': 'same-origin' };

test('every route handler has exactly the methods it should, for whoever calls it', async ({
  things,
  requests,
}) => {
  const api = specification.map((spec) => `/api/v1${spec.path.replace(/\{(\w+)\}/g, '[$1]')}`);
  // An untested entry point: say in e2e/matrix/route-rules.ts what it answers, or specify it (lib/api/specification.ts).
  expect([...new Set([...Object.keys(routeRules), ...api])].sort()).toEqual(routeAddresses);
  const expected: Record<string, number> = {};
  const given: Record<string, number> = {};
  for (const [address, rule] of Object.values(routeRules).flatMap((rules) => Object.entries(rules))) {
    const path = fillIn(address, things);
    for (const method of methods) {
      // One that may not be there is no matter of who calls.
      const callers = rule[method] ? askers : (['admin', 'anonymous'] as const);
      await Promise.all(
        callers.map(async (asker) => {
          const cell = `${asker}: ${method} ${address}`;
          expected[cell] = rule[method]?.(asker) ?? 405;
          const response = await requests[asker].fetch(path, { method, headers: fromOurPage });
          given[cell] = response.status();
          const text = await response.text();
          if (response.status() !== 200) expect(text.includes(canary), cell).toBe(false);
        }),
      );
    }
  }
  expect(given).toEqual(expected);
});

test('every call of the API is open to the keys of its scope, within their organization and their creator’s role', async ({
  request,
  things,
  query,
  organization,
  neighbour,
  addApiKey,
}) => {
  const keys = await addKeys({ addApiKey, query, organization, elsewhere: neighbour.organization });
  const expected: Record<string, number> = {};
  const given: Record<string, number> = {};
  for (const spec of specification) {
    const call = async (who: string, status: number, address = spec.path) => {
      const cell = `${who}: ${spec.method} ${spec.path}`;
      const headers: Record<string, string> = keys[who] ? { authorization: `Bearer ${keys[who]}` } : {};
      const { scan, run } = await insertScan(query, organization, stateFor(spec.operationId));
      const path = `/api/v1${fillInCall(address, { event: things.event, scan, run })}`;
      const before = status >= 400 && (await everythingOf(query, organization));
      const data = takesBody(spec) ? { data: bodies[spec.operationId] } : {};
      const response = await request.fetch(path, { method: spec.method, headers, ...data });
      expected[cell] = status;
      given[cell] = response.status();
      if (!before) return;
      expect((await response.text()).includes(canary), cell).toBe(false);
      expect(await everythingOf(query, organization), cell).toEqual(before);
    };
    for (const scope of scopes) await call(scope, scope === spec.scope ? spec.status : 403);
    for (const who of ['nobody', 'revoked', 'expired', 'creator deactivated']) await call(who, 401);
    const memberMay = can('member', scopePermissions[spec.scope]);
    await call('creator became a member', memberMay ? spec.status : 403);
    if (spec.path.includes('{')) await call('elsewhere', 404);
  }
  expect(given).toEqual(expected);
});
