import type { APIRequestContext, APIResponse } from '@playwright/test';
import type { ServerAction } from '@/e2e/matrix/entry-points';
import { sharedStack } from '@/e2e/stack';

/**
 * Calls a server action as React does in a browser, though no page may ever have shown its form to whoever calls. The
 * answer is the action's own: where it changes nothing, no page is rendered that could refuse in its stead.
 */
export function callAction(
  request: APIRequestContext,
  { id, stateful }: Pick<ServerAction, 'id' | 'stateful'>,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<APIResponse> {
  const body = new FormData();
  // React's way to write a FormData among the arguments: its fields first, then the arguments, which refer to them.
  for (const [name, value] of Object.entries(fields)) body.append(`_1_${name}`, value);
  body.append('0', JSON.stringify(stateful ? [{ status: 'idle' }, '$K1'] : ['$K1']));
  return request.post(path, {
    headers: { origin: sharedStack().url, ...headers, 'next-action': id },
    multipart: body,
    maxRedirects: 0,
  });
}

/** An answer in a word: its status and where it leads, or what the action says. */
export async function answerOf(response: APIResponse): Promise<string> {
  const { location, 'x-action-redirect': leads } = response.headers();
  if (leads !== undefined) return `to ${leads.replace(/;\w+$/, '')}`;
  if (location !== undefined) return `${response.status()} ${location}`;
  const said = /"message":"([^"]*)"/.exec(await response.text())?.[1];
  return said === undefined ? `${response.status()}` : `${response.status()} ${said}`;
}
