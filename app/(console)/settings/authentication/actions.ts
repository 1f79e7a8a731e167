'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import type { OidcFormData } from '@/components/authentication/oidc-form';
import { type ActionContext, type Answer, defineAction } from '@/lib/action/define-action';
import { validate } from '@/lib/action/validate';
import { ChangedMeanwhileError } from '@/lib/authentication/changed-meanwhile';
import { checkIssuer } from '@/lib/authentication/check-issuer';
import { configureOidc } from '@/lib/authentication/configure-oidc';
import { deleteOidc } from '@/lib/authentication/delete-oidc';
import { issuerSchema, oidcSettingsSchema } from '@/lib/authentication/oidc-settings';
import { disableMethod, enableMethod } from '@/lib/authentication/switch-method';
import { updateOidc } from '@/lib/authentication/update-oidc';

const page = '/settings/authentication';

const method = z.strictObject({ method: z.enum(['email', 'google', 'oidc']) });

export const enableMethodAction = defineAction({
  name: 'enable sign-in method',
  permission: 'authentication.manage',
  confirmed: true,
  schema: method,
  async handler(input, { source }) {
    await enableMethod(source, input.method);
    leave(`${page}?enabled=${input.method}`);
  },
});

export const disableMethodAction = defineAction({
  name: 'disable sign-in method',
  permission: 'authentication.manage',
  confirmed: true,
  schema: method,
  async handler(input, { source }) {
    await disableMethod(source, input.method);
    leave(`${page}?disabled=${input.method}`);
  },
});

/** Each field's own rule looks at what was typed; see oidc-settings.ts. */
const typed = z.string();

const submission = z.strictObject({
  intent: z.enum(['check', 'save']),
  /** Of the settings that were on the page; absent while there is no connection. */
  version: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
  name: typed,
  issuer: typed,
  clientId: typed,
  clientSecret: typed,
  scopes: typed,
  domains: typed,
  role: typed,
});

export const saveOidcAction = defineAction({
  name: 'save OIDC connection',
  permission: 'authentication.manage',
  confirmed: true,
  schema: submission,
  echo: ['name', 'issuer', 'clientId', 'scopes', 'domains', 'role'],
  async handler({ intent, version, ...input }, context): Promise<Answer<OidcFormData>> {
    const secretTyped = input.clientSecret !== '';
    const answer = intent === 'check' ? await check(input, context) : await save(input, version, context);
    return { ...answer, data: { secretTyped, ...answer.data } };
  },
});

type Typed = Omit<z.output<typeof submission>, 'intent' | 'version'>;

async function check({ issuer }: Typed, { actor }: ActionContext): Promise<Answer<OidcFormData>> {
  const read = await validate(z.object({ issuer: issuerSchema }), { issuer });
  if (!read.ok) return { status: 'error', fieldErrors: read.fieldErrors };
  const { checks } = await checkIssuer(actor.organization.id, read.input.issuer);
  return { status: 'success', data: { checks } };
}

async function save(
  input: Typed,
  version: number | undefined,
  { source }: ActionContext,
): Promise<Answer<OidcFormData>> {
  const read = await validate(oidcSettingsSchema, input);
  if (!read.ok) return { status: 'error', fieldErrors: read.fieldErrors };
  try {
    if (version === undefined) {
      await configureOidc(source, read.input);
      leave(`${page}/oidc?saved=new`);
    }
    const { endpointsKept } = await updateOidc(source, version, read.input);
    leave(`${page}/oidc?saved=${endpointsKept ? 'kept' : 'changed'}`);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhileError)) throw error;
    return {
      status: 'error',
      message: `${error.by ?? 'Somebody else'} has changed these settings since you opened this page, so nothing was saved.`,
      hint: 'Look at them in another tab. Saving again replaces them with yours.',
      data: { version: error.version },
    };
  }
}

export const deleteOidcAction = defineAction({
  name: 'delete OIDC connection',
  permission: 'authentication.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), confirmation: z.string() }),
  echo: ['confirmation'],
  async handler({ id, confirmation }, { source }) {
    await deleteOidc(source, id, confirmation);
    leave(`${page}?deleted=oidc`);
  },
});
