import type { APIRequestContext, PlaywrightWorkerArgs } from '@playwright/test';
import type { Query } from '@/e2e/database';
import { insertPerson, type Organization, type Person } from '@/e2e/fixtures';
import { signInByRequest } from '@/e2e/sign-in-unseen';
import { sharedStack } from '@/e2e/stack';
import type { Role } from '@/lib/auth/permissions';

/** Who asks: a role of the organization; or somebody who is nothing there. */
export const askers = [
  'admin',
  'admin with an old proof',
  'auditor',
  'member',
  'deactivated',
  'anonymous',
  'admin elsewhere',
] as const;
export type Asker = (typeof askers)[number];

/** What the asker may do in the organization that they are signed in to; nobody is signed in where it is undefined. */
export const roleOf: Record<Asker, Role | undefined> = {
  admin: 'admin',
  'admin with an old proof': 'admin',
  auditor: 'auditor',
  member: 'member',
  deactivated: undefined,
  anonymous: undefined,
  'admin elsewhere': 'admin',
};

export type Requests = Record<Asker, APIRequestContext> & {
  /** Signs an asker in anew whose session has ended. */
  signInAgain(asker: Asker): Promise<void>;
  dispose(): Promise<void>;
};

type Places = { query: Query; organization: Organization; elsewhere: Organization };

/** Signs everybody in, each with cookies of their own. */
export async function signInAll(
  playwright: PlaywrightWorkerArgs['playwright'],
  places: Places,
): Promise<Requests> {
  const { query, organization, elsewhere } = places;
  const contexts: APIRequestContext[] = [];
  const newContext = async () => {
    const context = await playwright.request.newContext({
      baseURL: sharedStack().url,
      extraHTTPHeaders: { origin: sharedStack().url },
      maxRedirects: 0,
    });
    contexts.push(context);
    return context;
  };
  const enter = async (role: Person['role'], where = organization) => {
    const person = await insertPerson(query, where, role);
    const request = await newContext();
    await signInByRequest(request, person);
    return { person, request };
  };
  const deactivated = await enter('admin');
  await query(`UPDATE app_user SET status = 'deactivated' WHERE id = $1`, [deactivated.person.id]);
  const stale = await enter('admin');
  await query(`UPDATE session SET confirmed_at = now() - interval '31 minutes' WHERE user_id = $1`, [
    stale.person.id,
  ]);
  const all = {
    admin: await enter('admin'),
    'admin with an old proof': stale,
    auditor: await enter('auditor'),
    member: await enter('member'),
    deactivated,
    anonymous: { request: await newContext(), person: undefined },
    'admin elsewhere': await enter('admin', elsewhere),
  };
  return {
    admin: all.admin.request,
    'admin with an old proof': stale.request,
    auditor: all.auditor.request,
    member: all.member.request,
    deactivated: deactivated.request,
    anonymous: all.anonymous.request,
    'admin elsewhere': all['admin elsewhere'].request,
    async signInAgain(asker) {
      const { request, person } = all[asker];
      if (person) await signInByRequest(request, person);
    },
    async dispose() {
      for (const context of contexts) await context.dispose();
    },
  };
}
