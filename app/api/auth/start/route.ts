import type { NextRequest } from 'next/server';
import { z } from 'zod';
import { currentActor } from '@/lib/auth/actor';
import { purposes } from '@/lib/auth/openid/intent';
import { setOut } from '@/lib/auth/openid/start';
import { isOwnLink } from '@/lib/auth/same-origin';
import { fault, ownContext, redirectTo } from '../answers';

const querySchema = z.object({
  provider: z.string().max(64),
  purpose: z.enum(purposes).default('sign-in'),
  organization: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional(),
  next: z.string().default('/'),
});

/**
 * The way to an identity provider. A link and no form, because a browser lets no form of ours lead to another site
 * (form-action in the policy). It begins no session: it only remembers in this browser what the person goes there for.
 */
export async function GET(request: NextRequest): Promise<Response> {
  if (request.method !== 'GET')
    return Response.json({ error: 'This address can only be opened.' }, { status: 405 });
  // Another site must not be able to send anybody off from here. The sign-in page is where to begin.
  if (!isOwnLink(request.headers)) return redirectTo('/login');
  const query = querySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  const context = await ownContext();
  try {
    const actor = await currentActor();
    const target = query.success ? await setOut(query.data, actor, context) : undefined;
    return target === undefined
      ? Response.json({ error: 'There is no such identity provider.' }, { status: 404 })
      : redirectTo(target);
  } catch (error) {
    return fault(error, context);
  }
}
