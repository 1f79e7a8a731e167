import { createRequire } from 'node:module';

/**
 * Next's request, for tests of code that asks for it: `vi.mock('next/headers', () => import('@/test/request'))`, then
 * `receive(...)` says what the browser sends. Cookies that the code sets are kept, as a browser would.
 */
type Cookie = {
  name: string;
  value: string;
  maxAge?: number;
  expires?: Date | number;
  httpOnly?: boolean;
  secure?: boolean;
  sameSite?: unknown;
  path?: string;
};

const origin = { origin: 'http://localhost:3000' };
let present = new Headers(origin);
let jar = new Map<string, Cookie>();

/** A new request of the same browser; `forget` makes it another browser. */
export function receive(headers: Record<string, string> = origin, { forget = false } = {}): void {
  present = new Headers({ 'x-tracekeep-peer': '203.0.113.24', 'user-agent': 'Firefox/140.0', ...headers });
  if (forget) jar = new Map();
}

/** What the browser has under this name. */
export function cookieInJar(name: string): Cookie | undefined {
  return jar.get(name);
}

/** Plants a cookie, as somebody who forges one would. */
export function plantCookie(name: string, value: string): void {
  jar.set(name, { name, value });
}

const store = {
  get: (name: string) => jar.get(name),
  getAll: () => [...jar.values()],
  has: (name: string) => jar.has(name),
  delete: (name: string) => jar.delete(name),
  set(cookie: string | Cookie, value = '', options: Omit<Cookie, 'name' | 'value'> = {}) {
    const given = typeof cookie === 'string' ? { name: cookie, value, ...options } : cookie;
    if (given.maxAge === 0) jar.delete(given.name);
    else jar.set(given.name, given);
  },
};

export const headers = async () => present;
export const cookies = async () => store;

// next-auth asks with require(), which a module mock does not reach.
const require = createRequire(import.meta.url);
const file = require.resolve('next/headers');
require(file);
const loaded = require.cache[file];
if (loaded) loaded.exports = { headers, cookies };

// What next.config.ts switches on for forbidden().
process.env.__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS = 'true';
