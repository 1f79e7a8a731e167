import { randomInt, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { test as base, expect, type Page } from '@playwright/test';
import { type Query, withDatabase } from '@/e2e/database';
import { sharedStack } from '@/e2e/stack';

export type Person = {
  id: string;
  name: string;
  email: string;
  password: string;
  role: 'admin' | 'auditor' | 'member';
};
export type Organization = { id: string; slug: string; name: string };

/** A Splunk of this test's own: a token that nobody else uses, on the simulator of the whole run. */
export type TestSplunk = {
  hecUrl: string;
  token: string;
  index: string;
  /** What Splunk has of an organization, in the order of arrival. */
  events(organization: Organization): Promise<SplunkEvent[]>;
  disableToken(): Promise<void>;
};

export type SplunkEvent = {
  index: string;
  event: Record<string, unknown> & { action: string; seq: number; id: string };
};

type Fixtures = {
  query: Query;
  organization: Organization;
  addPerson(role: Person['role']): Promise<Person>;
  admin: Person;
  splunk: TestSplunk;
};

/** Each test has an organization, people and a HEC token of its own, so tests neither see nor wait for one another. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  baseURL: ({}, use) => use(sharedStack().url),

  // Each test comes from an address of its own (RFC 2544), so that the throttle of one leaves the others alone.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  extraHTTPHeaders: ({}, use) => use({ 'x-forwarded-for': `198.18.${randomInt(256)}.${randomInt(1, 255)}` }),

  // biome-ignore lint/correctness/noEmptyPattern: see above
  query: ({}, use) => withDatabase(sharedStack().databaseUrl, use),

  organization: async ({ query }, use) => {
    const id = randomUUID();
    const organization = { id, slug: `acme-${id.slice(0, 8)}`, name: 'Acme Security' };
    await query('INSERT INTO organization (id, slug, name) VALUES ($1, $2, $3)', [
      id,
      organization.slug,
      organization.name,
    ]);
    await use(organization);
  },

  addPerson: async ({ query, organization }, use) => use((role) => insertPerson(query, organization, role)),

  admin: async ({ addPerson }, use) => use(await addPerson('admin')),

  // biome-ignore lint/correctness/noEmptyPattern: see above
  splunk: async ({}, use) => {
    const { url, index } = sharedStack().splunk;
    const token = randomUUID();
    const setToken = (disabled: boolean) =>
      control(url, 'tokens', { value: token, allowedIndexes: [index], disabled });
    await setToken(false);
    await use({
      hecUrl: url,
      token,
      index,
      async events(organization) {
        const response = await fetch(`${url}/simulator/events.json?index=${index}`);
        const all: (SplunkEvent & { fields: { org?: string } })[] = (await response.json()).events;
        return all.filter(({ fields }) => fields.org === organization.slug);
      },
      disableToken: () => setToken(true),
    });
  },
});

const names = { admin: 'Alice Fox', auditor: 'Mira Sato', member: 'Ben Okafor' };

/** Writes somebody who can sign in with a password. */
export async function insertPerson(
  query: Query,
  organization: Organization,
  role: Person['role'],
  name = names[role],
): Promise<Person> {
  const id = randomUUID();
  const person = {
    id,
    name,
    email: `${role}-${id.slice(0, 8)}@acme.example`,
    password: `correct horse ${id}`,
    role,
  };
  const passwordHash = await hash(person.password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await query(
    'INSERT INTO app_user (id, organization_id, email, name, role, password_hash) VALUES ($1, $2, $3, $4, $5::role, $6)',
    [id, organization.id, person.email, name, role, passwordHash],
  );
  return person;
}

async function control(url: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${url}/simulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.text()).toBe(200);
}

/** Signs in through the form, as a person does, and waits for the page behind it. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

export { expect };
