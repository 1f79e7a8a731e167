import { expect, test } from 'vitest';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { parseWebAddress, type WebAddressRules } from '@/lib/net/web-address';

const policy: NetworkPolicy = {
  privateAllowed: true,
  loopbackAllowed: false,
  plainHttpAllowed: false,
  ownEndpoints: [{ host: 'tracekeep.example', port: 443 }],
};
const rules: WebAddressRules = { what: 'Target', example: 'https://www.example.com', policy };

test.each([
  ['https://www.example.com', 'https://www.example.com/'],
  ['  “www.example.com/path”  ', 'https://www.example.com/path'],
  ['HTTPS://WWW.Example.com:8443/a/../b', 'https://www.example.com:8443/b'],
  ['bücher.example', 'https://xn--bcher-kva.example/'],
  ['10.1.2.3:8443', 'https://10.1.2.3:8443/'],
])('%j is %s', (typed, expected) => {
  const parsed = parseWebAddress(typed, rules);
  expect(parsed.ok && parsed.url.href).toBe(expected);
});

test.each([
  ['', 'Enter the Target'],
  ['http://www.example.com', 'Target must start with https://'],
  ['javascript:alert(1)', 'Target must start with https://'],
  ['ftp://www.example.com', 'Target must start with https://'],
  ['https://', 'Target is not an address'],
  ['https://www.example.com:99999', 'Target is not an address'],
  ['https://user:pw@www.example.com', 'Remove the user name or password from the Target'],
  ['https://a\tb.example', 'Target contains a space or another character that no address has'],
  ['https://www.example.com/?token=x', 'Remove everything after the path of the Target'],
  ['https://www.example.com/#x', 'Remove everything after the path of the Target'],
  ['https://www.example.com:22', 'Target uses port 22, which is not allowed'],
  ['https://127.0.0.1', 'Target points to a private address'],
  ['https://2130706433', 'Target points to a private address'],
  ['https://localhost', 'Target points to a private address'],
  ['https://[::1]', 'Target points to a private address'],
  ['https://169.254.169.254', 'Target points to a private address'],
  ['https://tracekeep.example', 'Target points to a private address'],
  [`https://www.example.com/${'a'.repeat(3_000)}`, 'Target is longer than 2,048 characters'],
])('%j is refused', (typed, message) => {
  expect(parseWebAddress(typed, rules)).toMatchObject({ ok: false, message });
});

test('a scanner may look at plain http and at queries; this machine only under its own switch', () => {
  const open = { ...rules, httpAllowed: true, queryAllowed: true };
  expect(parseWebAddress('http://www.example.com/?a=1', open)).toMatchObject({ ok: true });
  expect(parseWebAddress('http://localhost:8080', open)).toMatchObject({ ok: false });
  const local = { ...open, policy: { ...policy, loopbackAllowed: true } };
  expect(parseWebAddress('http://localhost:8080', local)).toMatchObject({ ok: true });
  expect(parseWebAddress('http://localhost:8080', { ...rules, policy: local.policy })).toMatchObject({
    ok: true,
  });
});
