import 'server-only';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { markDefined } from '@/lib/action/defined';
import { readForm, typedValues } from '@/lib/action/form-fields';
import type { ActionState, FollowedState } from '@/lib/action/state';
import { UserError } from '@/lib/action/user-error';
import { validate } from '@/lib/action/validate';
import type { AuditSource } from '@/lib/audit/event';
import { type Actor, auditSource, currentActor, isAllowed, signInPath } from '@/lib/auth/actor';
import { buttonLimitMinutes, confirmPath, formLimitMinutes, isConfirmed } from '@/lib/auth/confirmed';
import type { Permission } from '@/lib/auth/permissions';
import { type RequestContext, requestContext } from '@/lib/auth/request-context';
import { sameOriginRequest } from '@/lib/auth/same-origin';
import { answerWith, markRefused } from '@/lib/http-status';
import { log } from '@/lib/log';

export type ActionContext = {
  actor: Actor;
  /** Spread it into each audit event. */
  source: AuditSource;
  request: RequestContext;
};

/** What a handler answers; what was typed is added by the gate. */
export type Answer<Data> = Omit<ActionState<Data>, 'values'> & {
  /** See {@link FollowedState}. */
  following?: AsyncIterable<Omit<ActionState<Data>, 'values'>> | undefined;
};

type Rules<S extends z.ZodType, Context, Data> = {
  /** Names the action in the log. */
  name: string;
  /** A strict object: a field it does not know is refused. */
  schema: S;
  /** Fields that may be sent back for the form to keep. Never a secret. */
  echo?: readonly string[];
  /** Fields that may hold a file of text. */
  files?: readonly string[];
  handler(input: z.output<S>, context: Context): Promise<Answer<Data> | undefined>;
};

type SignedInRules<S extends z.ZodType, Data> = Rules<S, ActionContext, Data> & {
  permission: Permission;
  /** Only for somebody who proved who they are not long ago; its page calls `requireConfirmed` (security.md #99). */
  confirmed?: true;
};
type PublicRules<S extends z.ZodType, Data> = Rules<S, { request: RequestContext }, Data>;

type Action<Data> = (previous: ActionState<Data>, form: FormData) => Promise<FollowedState<Data>>;

const foreign: Answer<never> = {
  status: 'error',
  message: 'This request did not come from a page of Tracekeep, so nothing was done.',
  hint: 'Open the page again and repeat what you did.',
};

const damaged: Answer<never> = {
  status: 'error',
  message: 'What was sent is not a form, so nothing was done.',
  hint: 'Reload the page and try again.',
};

const signedOut: Answer<never> = {
  status: 'error',
  message: 'You are signed out, so nothing was done.',
  hint: 'Sign in again in another tab, then send this form once more.',
};

const denied: Answer<never> = {
  status: 'error',
  message: 'Your role does not allow this, so nothing was done.',
  hint: 'An admin of your organization can change your role.',
};

const unconfirmed: Answer<never> = {
  status: 'error',
  message: 'It is a while since you confirmed that it is you, so nothing was done.',
  hint: 'Open this page in another tab, confirm it there, then send this form once more.',
};

/**
 * A server action for `useActionState`, with JavaScript and without. Every action goes through this one gate, always in
 * this order: same origin, session, permission, proof of identity, schema, handler, result. Nothing of a later step runs before an earlier
 * one passed. A handler may redirect; a {@link UserError} reaches the form; anything else becomes a neutral sentence
 * with a request id, and a line in the log.
 */
export function defineAction<S extends z.ZodType, Data = undefined>(
  rules: SignedInRules<S, Data>,
): Action<Data> {
  return markDefined(async (_previous, form) => {
    const answer = await runSignedIn(rules, form, formLimitMinutes);
    return withTyped(answer, form, rules.echo);
  });
}

/** The same gate without session and permission: for signing in and for the set-up. */
export function definePublicAction<S extends z.ZodType, Data = undefined>(
  rules: PublicRules<S, Data>,
): Action<Data> {
  return markDefined(async (_previous, form) => {
    const answer = (await sameOriginRequest())
      ? await runHandler(rules, form, { request: await requestContext() })
      : refuse(403, foreign);
    return withTyped(answer, form, rules.echo);
  });
}

/**
 * The same gate for a form that is only a button and shows no state. Somebody signed out is led to the sign-in page, and
 * somebody who has to confirm who they are to that page; nothing typed is lost, so the limit is the pages' own. Any other refusal leaves the page as it is, with status 403 or 400: no page of ours sends such a form. A fault is
 * thrown and shows the page's error boundary.
 */
export function defineFormAction<S extends z.ZodType>(
  rules: SignedInRules<S, undefined>,
): (form: FormData) => Promise<void> {
  return markDefined(async (form) => {
    const answer = await runSignedIn(rules, form, buttonLimitMinutes);
    if (answer === signedOut) redirect(await signInPath());
    if (answer === unconfirmed) redirect(await confirmPath());
    if (faults.has(answer)) throw new Error(`${rules.name} failed: ${answer.hint}`);
    if (answer.status === 'error' && answer !== denied && answer !== foreign) answerWith(400);
  });
}

function withTyped<Data>(
  answer: Answer<Data>,
  form: unknown,
  echo: readonly string[] = [],
): FollowedState<Data> {
  if (answer.status === 'error') markRefused();
  return form instanceof FormData ? { ...answer, values: typedValues(form, echo) } : answer;
}

async function runSignedIn<S extends z.ZodType, Data>(
  rules: SignedInRules<S, Data>,
  form: unknown,
  limitMinutes: number,
): Promise<Answer<Data>> {
  if (!(await sameOriginRequest())) return refuse(403, foreign);
  const actor = await currentActor();
  if (!actor) return signedOut;
  if (!(await isAllowed(actor, rules.permission))) return refuse(403, denied);
  if (rules.confirmed && !(await isConfirmed(actor, limitMinutes))) return refuse(403, unconfirmed);
  const context = { actor, source: await auditSource(actor), request: await requestContext() };
  return runHandler(rules, form, context);
}

async function runHandler<S extends z.ZodType, Context extends { request: RequestContext }, Data>(
  { name, schema, files, handler }: Rules<S, Context, Data>,
  form: unknown,
  context: Context,
): Promise<Answer<Data>> {
  // Whoever calls an action by hand decides what it gets.
  if (!(form instanceof FormData)) return refuse(400, damaged);
  const read = await readForm(form, files);
  if (!read.ok) return { status: 'error', message: read.message, fieldErrors: read.fieldErrors };
  const validated = await validate(schema, read.fields);
  if (!validated.ok) {
    return { status: 'error', message: validated.message, fieldErrors: validated.fieldErrors };
  }
  try {
    const answer = (await handler(validated.input, context)) ?? { status: 'success' };
    if (!answer.following) return answer;
    return { ...answer, following: followed(answer.following, name, context.request) };
  } catch (error) {
    unstable_rethrow(error);
    return error instanceof UserError ? explain(error) : conceal(error, name, context.request);
  }
}

/** A fault on the way ends the answers as it would have ended a single one. */
async function* followed<Data>(
  answers: AsyncIterable<Answer<Data>>,
  action: string,
  request: RequestContext,
): AsyncGenerator<Answer<Data>> {
  try {
    yield* answers;
  } catch (error) {
    yield conceal(error, action, request);
  }
}

/** The answers that {@link conceal} gave: ours to mend, not the person's. */
const faults = new WeakSet<Answer<unknown>>();

function refuse(status: number, answer: Answer<never>): Answer<never> {
  answerWith(status);
  return answer;
}

function explain({ message, hint, field }: UserError): Answer<never> {
  if (field === undefined) return { status: 'error', message, hint };
  return { status: 'error', fieldErrors: { [field]: { message, hint } } };
}

function conceal(error: unknown, action: string, { requestId }: RequestContext): Answer<never> {
  log.error({ err: error, action, request_id: requestId }, 'an action failed');
  const answer: Answer<never> = {
    status: 'error',
    message: 'This did not work because of a fault in Tracekeep.',
    hint: `Try again. If it stays like this, give your administrator the request number ${requestId}.`,
  };
  faults.add(answer);
  return answer;
}
