import 'server-only';
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import { z } from 'zod';
import { type Flow, runNextAuth } from '@/lib/auth/next-auth';
import { env } from '@/lib/env';

const csrfSchema = z.object({ csrfToken: z.string() });

/** Asks next-auth in this process, as if the browser had sent the request; its cookies go along with the present response. */
export async function callNextAuth(
  flow: Flow,
  path: string,
  { query, form }: { query?: Record<string, string>; form?: Record<string, string> } = {},
): Promise<Response> {
  const url = `${env().PUBLIC_URL}/api/auth/${path}?${new URLSearchParams(query)}`;
  const body = form && { method: 'POST', body: new URLSearchParams(form) };
  const response = await runNextAuth(flow, new NextRequest(url, body), path.split('/'));
  await passCookiesOn(response);
  return response;
}

/** The same with a form and the token that next-auth wants beside it. */
export async function postToNextAuth(
  flow: Flow,
  path: string,
  form: Record<string, string> = {},
): Promise<Response> {
  const { csrfToken } = csrfSchema.parse(await (await callNextAuth(flow, 'csrf')).json());
  return callNextAuth(flow, path, { form: { ...form, csrfToken } });
}

/** From next-auth's response to the one that the browser gets. */
async function passCookiesOn(response: Response): Promise<void> {
  const store = await cookies();
  const { cookies: sent } = new NextResponse(null, { headers: response.headers });
  for (const cookie of sent.getAll()) store.set(cookie);
}
