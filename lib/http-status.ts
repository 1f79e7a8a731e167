import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';

// The server runs outside of Next's bundles and the pages inside; the process holds what they share.
const key = Symbol.for('tracekeep.http-response');
const shared = globalThis as typeof globalThis & { [key]?: AsyncLocalStorage<ServerResponse> };

function responses(): AsyncLocalStorage<ServerResponse> {
  shared[key] ??= new AsyncLocalStorage();
  return shared[key];
}

/** Runs `work`, within which {@link answerWith} means this response. */
export function withResponse<T>(response: ServerResponse, work: () => T): T {
  return responses().run(response, work);
}

/** The answers whose forms were refused. */
const refusals = new WeakSet<ServerResponse>();

/** Says of the form under way that it was refused: the page that answers it is titled so ({@link isRefused}). */
export function markRefused(): void {
  const response = responses().getStore();
  if (response) refusals.add(response);
}

/** Whether the page that is being rendered answers a form that was refused. */
export function isRefused(): boolean {
  const response = responses().getStore();
  return response !== undefined && refusals.has(response);
}

/**
 * Sets the status of the page that is being rendered, before any of it is sent. Next has no such call: what it offers
 * instead, notFound() and forbidden(), leaves the page blank without JavaScript.
 */
export function answerWith(status: number): void {
  const response = responses().getStore();
  if (response && !response.headersSent) response.statusCode = status;
}

/**
 * The same for a document alone. The router in the browser takes nothing but a 200 for a page: it would load any other
 * anew, and what was typed meanwhile were lost.
 */
export function answerDocumentWith(status: number): void {
  if (responses().getStore()?.req.headers.rsc === undefined) answerWith(status);
}
