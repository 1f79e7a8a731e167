import type { APIResponse } from '@playwright/test';
import { refusalOf } from '@/e2e/matrix/action-rule';
import { actionRules } from '@/e2e/matrix/action-rules';
import { type Asker, askers } from '@/e2e/matrix/askers';
import { answerOf, callAction } from '@/e2e/matrix/call-action';
import { builtActions, pageAddresses, writtenActions } from '@/e2e/matrix/entry-points';
import { pageAnswer, pageRules } from '@/e2e/matrix/page-rules';
import { expect, test } from '@/e2e/matrix/stage';
import { canary, everythingOf, fillIn, nothing } from '@/e2e/matrix/things';

test.describe.configure({ mode: 'parallel' });

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g;

/** A page's status, and where it leads. */
function pageAnswerOf(response: APIResponse): string {
  const { location } = response.headers();
  return location === undefined ? `${response.status()}` : `${response.status()} ${location}`;
}

/** What a page says, without the ids in it. */
async function wordsOf(response: APIResponse): Promise<string> {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(await response.text()) ?? [];
  return main.replace(anyId, 'ID');
}

test('every page answers each asker exactly as the permission table says, and tells nobody else anything', async ({
  things,
  requests,
}) => {
  // An untested entry point: say in e2e/matrix/page-rules.ts who may open it.
  expect(Object.keys(pageRules).sort()).toEqual(pageAddresses);
  const expected: Record<string, string> = {};
  const given: Record<string, string> = {};
  const told: string[] = [];
  const visit = async (asker: Asker, address: string) => {
    const cell = `${asker}: ${address}`;
    const path = fillIn(address, things);
    const response = await requests[asker].get(path);
    const answer = pageAnswerOf(response);
    expected[cell] = pageAnswer(address, path, asker);
    given[cell] = answer;
    if (answer === '200' && (asker !== 'admin elsewhere' || !pageRules[address]?.needs)) return;
    const payload = await requests[asker].get(path, { headers: { rsc: '1' }, maxRedirects: 5 });
    for (const text of [await response.text(), await payload.text()])
      if (text.includes(canary)) told.push(cell);
    if (answer === '403') expect(await wordsOf(response), cell).toMatch(/admin-[0-9a-f]{8}@acme\.example/);
    if (answer === '404' && address.includes('[')) {
      const missing = await requests[asker].get(fillIn(address, nothing(things)));
      expect(missing.status(), cell).toBe(404);
      expect(await wordsOf(response), cell).toBe(await wordsOf(missing));
    }
  };
  for (const address of pageAddresses) await Promise.all(askers.map((asker) => visit(asker, address)));
  expect(given).toEqual(expected);
  expect(told).toEqual([]);
});

test('every server action does what it is for with the right role, and nothing at all for anybody else', async ({
  things,
  requests,
  query,
  organization,
}) => {
  const built = builtActions();
  const rules = Object.entries(actionRules).flatMap(([file, named]) =>
    Object.entries(named).map(([name, rule]) => [`${file} ${name}`, rule] as const),
  );
  // An untested entry point: say in e2e/matrix/action-rules.ts who may call it.
  expect(rules.map(([action]) => action).sort()).toEqual(writtenActions());
  expect([...built.keys()].sort()).toEqual(writtenActions());

  const expected: Record<string, string> = {};
  const given: Record<string, string> = {};
  const withoutNames = (answer: string) =>
    answer
      .replace(anyId, 'ID')
      .replace(things.token, 'TOKEN')
      .replace(things.slug, 'SLUG')
      .replace(`seq=${things.parked}`, 'seq=SEQ');
  const call = async (asker: Asker, [key, rule]: (typeof rules)[number], theirs = things) => {
    const action = built.get(key);
    if (!action) throw new Error(`the build has no ${key}`);
    const path = fillIn(action.address, theirs);
    const refusal = refusalOf(rule, action, { asker, path });
    const send = async () =>
      withoutNames(await answerOf(await callAction(requests[asker], action, path, rule.fields(theirs))));
    return { cell: `${asker}: ${action.name}`, refusal, send };
  };

  const before = await everythingOf(query, organization);
  const expectRefusal = async (asker: Asker, entry: (typeof rules)[number]) => {
    const { cell, refusal, send } = await call(asker, entry);
    if (refusal !== undefined) {
      expected[cell] = withoutNames(refusal);
      given[cell] = await send();
    } else if (asker === 'admin elsewhere' && entry[1].ofOneThing) {
      given[cell] = await send();
      expected[cell] = await (await call(asker, entry, nothing(things))).send();
    }
  };
  for (const entry of rules) await Promise.all(askers.map((asker) => expectRefusal(asker, entry)));
  expect(given).toEqual(expected);
  expect(await everythingOf(query, organization)).toEqual(before);

  for (const entry of rules) {
    for (const asker of entry[1].needs
      ? (['member', 'auditor', 'admin'] as const)
      : (['anonymous'] as const)) {
      const { cell, refusal, send } = await call(asker, entry);
      if (refusal !== undefined) continue;
      const { done, auditor = done } = entry[1];
      expected[cell] = asker === 'auditor' ? auditor : done;
      given[cell] = await send();
      if (entry[1].ends) await requests.signInAgain(asker);
    }
  }
  expect(given).toEqual(expected);
});

const sections: Partial<Record<Asker, string[]>> = {
  member: ['/', '/scans'],
  auditor: ['/', '/scans', '/settings/audit-log', '/settings/siem'],
  admin: [
    '/',
    '/scans',
    '/settings/audit-log',
    '/settings/siem',
    '/settings/members',
    '/settings/authentication',
    '/settings/api-keys',
  ],
};

test('the navigation of each role has what the role may open, and nothing else', async ({ requests }) => {
  for (const asker of askers) {
    const expected = sections[asker];
    if (!expected) continue;
    const html = await (await requests[asker].get('/account')).text();
    const [nav = ''] = /<nav [^>]*aria-label="Console"[\s\S]*?<\/nav>/.exec(html) ?? [];
    const links = [...nav.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? '');
    expect(links, asker).toEqual(expected);
    for (const link of links)
      expect((await requests[asker].get(link)).status(), `${asker} at ${link}`).toBe(200);
  }
});
