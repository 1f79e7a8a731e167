import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps, targetOf } from '@/e2e/contract/step';
import { type Account, sharedOpenIdProvider } from '@/e2e/openid-provider';
import { expect, expectStatus, press } from '@/e2e/siem';
import { authentication, fill, oidcPage, passProvider, typedConnection } from '@/e2e/sign-in-methods';
import type { AuditAction } from '@/lib/audit/catalog';
import type { Change, Target } from '@/lib/audit/event';

const name = 'Acme SSO';
const on: Change[] = [{ field: 'enabled', from: 'false', to: 'true' }];
const off: Change[] = [{ field: 'enabled', from: 'true', to: 'false' }];

async function connection({ query, organization }: Stage): Promise<Target> {
  const [row] = await query<{ id: string; name: string }>(
    'SELECT id, name FROM oidc_connection WHERE organization_id = $1',
    [organization.id],
  );
  return { type: 'identity_provider', id: row?.id, name: row?.name };
}

const email: Target = { type: 'authentication_method', id: 'email', name: 'E-mail and password' };
const google: Target = { type: 'authentication_method', id: 'google', name: 'Google' };

/** Presses the switch of a method. Switching off is asked twice: the button stands behind its consequences. */
async function flip({ page }: Stage, verb: 'Enable' | 'Disable', method: string): Promise<void> {
  await page.goto(authentication);
  const button = `${verb} ${method} sign-in`;
  if (verb === 'Disable') await page.getByText(`${button}…`, { exact: true }).click();
  await press(page, button);
  const [first = '', ...rest] = method;
  await expectStatus(page, `${first.toUpperCase()}${rest.join('')} sign-in is ${verb.toLowerCase()}d.`);
}

function atProvider(stage: Stage, account: Partial<Account> = {}): Account {
  return {
    sub: stage.admin.id,
    email: stage.admin.email,
    email_verified: true,
    name: 'Alice Fox',
    ...account,
  };
}

const provider = () => sharedOpenIdProvider();

/** A provider is connected, tested, used, changed and deleted; Google and passwords are switched. */
export const authenticationSteps: Steps<
  Extract<AuditAction, `organization.auth.${string}` | `user.identity.${string}` | 'user.create'>
> = {
  'organization.auth.oidc.configure': async (stage) => {
    const { page } = stage;
    await page.goto(oidcPage);
    await fill(page, typedConnection());
    await press(page, 'Save');
    await expectStatus(page, 'The provider is connected.');
    const { issuer, clientId } = provider();
    return {
      actor: actorOf(stage.admin),
      targets: [await connection(stage)],
      changes: [
        { field: 'name', to: name },
        { field: 'issuer', to: issuer },
        { field: 'client_id', to: clientId },
        { field: 'scopes', to: 'openid email profile' },
        { field: 'default_role', to: 'member' },
        { field: 'endpoints', to: expect.stringContaining(issuer) },
        { field: 'client_secret' },
      ],
      metadata: { issuer, client_id: clientId },
    };
  },

  'organization.auth.oidc.test': async (stage) => {
    await passProvider(stage.page, 'Test sign-in', atProvider(stage));
    await expectStatus(stage.page, `${name} signs people in.`);
    return { actor: actorOf(stage.admin), targets: [await connection(stage)], metadata: {} };
  },

  'organization.auth.oidc.enable': async (stage) => {
    await flip(stage, 'Enable', 'OIDC');
    return { actor: actorOf(stage.admin), targets: [await connection(stage)], changes: on, metadata: {} };
  },

  'user.create': async (stage) => {
    const page = await stage.anotherBrowser();
    await page.goto(`/login/${stage.organization.slug}`);
    const dave = { sub: `dave-${stage.organization.id}`, name: 'Dave Lind' };
    const address = `${dave.sub}@partner.example`;
    await passProvider(page, `Continue with ${name}`, { ...dave, email: address, email_verified: true });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
    const [row] = await stage.query<{ id: string }>('SELECT id FROM app_user WHERE email = $1', [address]);
    return {
      all: ['user.create', 'user.login'],
      from: 'browser',
      actor: { type: 'system', name },
      targets: [targetOf({ id: row?.id ?? '', name: dave.name })],
      metadata: { role: 'member', via: 'oidc' },
    };
  },

  'user.identity.link': async (stage) => {
    await stage.page.goto('/account');
    await stage.page.getByRole('link', { name: `Connect ${name}` }).click();
    await expectStatus(stage.page, `${name} is connected.`);
    return {
      actor: actorOf(stage.admin),
      targets: [targetOf(stage.admin)],
      metadata: { method: 'oidc', issuer: provider().issuer },
    };
  },

  'user.identity.unlink': async (stage) => {
    await press(stage.page, `Disconnect ${name}`);
    await expectStatus(stage.page, 'Disconnected.');
    return {
      actor: actorOf(stage.admin),
      targets: [targetOf(stage.admin)],
      metadata: { method: 'oidc', issuer: provider().issuer },
    };
  },

  'organization.auth.google.enable': async (stage) => {
    await flip(stage, 'Enable', 'Google');
    return { actor: actorOf(stage.admin), targets: [google], changes: on, metadata: {} };
  },

  'organization.auth.google.disable': async (stage) => {
    await flip(stage, 'Disable', 'Google');
    return { actor: actorOf(stage.admin), targets: [google], changes: off, metadata: {} };
  },

  'organization.auth.email.disable': async (stage) => {
    await flip(stage, 'Disable', 'e-mail');
    return { actor: actorOf(stage.admin), targets: [email], changes: off, metadata: {} };
  },

  'organization.auth.email.enable': async (stage) => {
    await flip(stage, 'Enable', 'e-mail');
    return { actor: actorOf(stage.admin), targets: [email], changes: on, metadata: {} };
  },

  'organization.auth.oidc.update': async (stage) => {
    const { page } = stage;
    await page.goto(oidcPage);
    await page.getByLabel('Allowed e-mail domains').fill('partner.example');
    await press(page, 'Save changes');
    await expectStatus(page, 'The settings were saved.');
    return {
      actor: actorOf(stage.admin),
      targets: [await connection(stage)],
      changes: [{ field: 'allowed_domains', to: 'partner.example' }],
      metadata: { fields: ['allowed_domains'] },
    };
  },

  'organization.auth.oidc.disable': async (stage) => {
    await flip(stage, 'Disable', 'OIDC');
    return {
      actor: actorOf(stage.admin),
      targets: [await connection(stage)],
      // Dave is signed out with it.
      changes: [...off, { field: 'sessions', from: '1', to: '0' }],
      metadata: {},
    };
  },

  'organization.auth.oidc.delete': async (stage) => {
    const { page } = stage;
    const gone = await connection(stage);
    await page.goto(`${oidcPage}/delete`);
    await page.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name);
    await press(page, 'Delete OpenID Connect');
    await expectStatus(page, 'The OpenID Connect configuration was deleted.');
    return { actor: actorOf(stage.admin), targets: [gone], metadata: {} };
  },
};
