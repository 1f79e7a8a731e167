import { expect, test } from 'vitest';
import { readRequestContext } from '@/lib/auth/request-context';

const proxies = ['10.0.0.0/8', '2001:db8:aaaa::/48', '192.0.2.9'];

/** Peer, X-Forwarded-For, and the address that is believed. */
test.each<[string | undefined, string | undefined, string | undefined]>([
  ['203.0.113.7', undefined, '203.0.113.7'],
  // A client that talks to us directly can say what it likes.
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['10.0.0.2', '198.51.100.1', '198.51.100.1'],
  ['::ffff:10.0.0.2', '198.51.100.1', '198.51.100.1'],
  ['2001:db8:aaaa::1', '198.51.100.1', '198.51.100.1'],
  // The client wrote the first one itself; the proxy appended the second.
  ['10.0.0.2', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['10.0.0.2', '1.1.1.1, 198.51.100.1, 192.0.2.9', '198.51.100.1'],
  ['10.0.0.2', '10.0.0.5, 10.0.0.4', '10.0.0.5'],
  ['10.0.0.2', '198.51.100.1:4711', '198.51.100.1'],
  ['10.0.0.2', '[2001:db8::7]:4711', '2001:db8::7'],
  ['10.0.0.2', 'unknown', '10.0.0.2'],
  ['10.0.0.2', '1.1.1.1, <script>', '10.0.0.2'],
  ['10.0.0.2', '', '10.0.0.2'],
  [undefined, '198.51.100.1', undefined],
  ['not an address', '198.51.100.1', undefined],
])('peer %s with X-Forwarded-For %s is %s', (peer, forwarded, ip) => {
  const headers = new Headers();
  if (peer !== undefined) headers.set('x-tracekeep-peer', peer);
  if (forwarded !== undefined) headers.set('x-forwarded-for', forwarded);
  expect(readRequestContext(headers, proxies).ip).toBe(ip);
});

test('no other header says where a request comes from', () => {
  const headers = new Headers({
    'x-real-ip': '1.1.1.1',
    forwarded: 'for=1.1.1.1',
    'x-tracekeep-peer': '203.0.113.7',
  });
  expect(readRequestContext(headers, ['0.0.0.0/0']).ip).toBe('203.0.113.7');
});

test('a range that is none trusts nobody', () => {
  const headers = new Headers({ 'x-tracekeep-peer': '203.0.113.7', 'x-forwarded-for': '1.1.1.1' });
  expect(readRequestContext(headers, ['203.0.113.0/99', '*', 'all']).ip).toBe('203.0.113.7');
});

test('a user agent is cut at 512 characters, and a path to another site is not passed on', () => {
  const headers = new Headers({ 'user-agent': 'x'.repeat(32_000), 'x-tracekeep-path': '//evil.example' });
  expect(readRequestContext(headers, [])).toMatchObject({ userAgent: 'x'.repeat(512), path: '/' });
});

test('the request id is the proxy’s; whatever is not one gets a new one', () => {
  const id = '01a209dd-dc4f-7400-8e67-a4d56ae69c60';
  expect(readRequestContext(new Headers({ 'x-request-id': id }), []).requestId).toBe(id);
  expect(readRequestContext(new Headers({ 'x-request-id': 'x y' }), []).requestId).toMatch(
    /^[0-9a-f-]{14}7[0-9a-f-]{21}$/,
  );
});
