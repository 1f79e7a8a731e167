import type { IncomingMessage } from 'node:http';

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * Whether this machine asks, by a name of its own: not a stranger, and not a foreign name that was made to resolve to
 * this machine (DNS rebinding).
 */
export function isLocal(request: IncomingMessage): boolean {
  return (
    loopbackAddress.test(request.socket.remoteAddress ?? '') && loopbackHost.test(request.headers.host ?? '')
  );
}

/** True when a browser says that a page of another origin sent the request. */
export function isForeign(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  // Browsers that do not send the first send the second; `null` is an origin, too.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) return true;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
