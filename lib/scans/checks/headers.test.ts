import { describe, expect, test } from 'vitest';
import { checkBanner } from '@/lib/scans/checks/banner';
import { checkContentSecurity } from '@/lib/scans/checks/content-security';
import { checkContentTypeOptions } from '@/lib/scans/checks/content-type-options';
import { checkCookies } from '@/lib/scans/checks/cookies';
import { checkFraming } from '@/lib/scans/checks/framing';
import { checkOpenerPolicy } from '@/lib/scans/checks/opener-policy';
import { checkReferrerPolicy } from '@/lib/scans/checks/referrer-policy';
import { checkStrictTransport } from '@/lib/scans/checks/strict-transport';
import { answerWith, sightOf } from '@/lib/scans/testing/sights';

const http = { address: 'http://www.example.com/' };

describe('the content security policy', () => {
  const csp = (value: string | string[], body = '') =>
    checkContentSecurity(sightOf(answerWith({ 'content-security-policy': value }, { body })));
  test.each<[string | string[], string[]]>([
    ["default-src 'self'", ['csp']],
    ["script-src 'self'; object-src 'none'", ['csp']],
    ["DEFAULT-SRC 'self'; SCRIPT-SRC 'unsafe-inline'", ['csp.unsafe-inline']],
    [
      "default-src 'self' 'unsafe-inline' 'unsafe-eval' *",
      ['csp.unsafe-inline', 'csp.unsafe-eval', 'csp.wildcard'],
    ],
    ["script-src 'unsafe-inline' 'nonce-abc'", ['csp']],
    ["script-src 'unsafe-inline' 'sha256-abc='", ['csp']],
    ["script-src 'strict-dynamic' 'nonce-abc' https: 'unsafe-inline'", ['csp']],
    ['script-src https:', ['csp.wildcard']],
    ['script-src data:', ['csp.wildcard']],
    ['script-src https://*', ['csp.wildcard']],
    ['script-src https://*.example.com', ['csp']],
    ["style-src 'unsafe-inline'; default-src 'self'", ['csp']],
    ["img-src 'self'", ['csp.no-scripts']],
    ['upgrade-insecure-requests', ['csp.no-scripts']],
    // The first of two directives holds; each of two policies is enforced.
    ["script-src 'self'; script-src *", ['csp']],
    ["script-src *, script-src 'self'", ['csp']],
    [["script-src 'unsafe-inline'", "default-src 'self'"], ['csp']],
    [["script-src 'unsafe-inline'", "default-src 'unsafe-inline'"], ['csp.unsafe-inline']],
    [['', ' ; '], ['csp.missing']],
  ])('%j: %j', (value, ids) => expect(csp(value).map(({ id }) => id)).toEqual(ids));

  test('counts too where it stands in the page', () => {
    const body = `<meta charset=utf-8><META http-equiv='Content-Security-Policy' content="default-src 'self'">`;
    expect(checkContentSecurity(sightOf(answerWith({}, { body })))).toMatchObject([
      { id: 'csp', evidence: "content-security-policy: default-src 'self'" },
    ]);
  });

  test.each([
    '<meta http-equiv=content-security-policy ',
    '<meta ',
    '<meta http-equiv',
    "<meta http-equiv=content-security-policy content='",
    'http-equiv=content-security-policy ',
  ])('costs little to look for in a page of nothing but %j', (piece) => {
    const body = `<meta ${piece.repeat(64 * 1024).slice(0, 64 * 1024)}`;
    const begun = performance.now();
    checkContentSecurity(sightOf(answerWith({}, { body })));
    // A backtracking search takes minutes.
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  test('is missing, or only reports', () => {
    expect(checkContentSecurity(sightOf(answerWith()))).toMatchObject([
      { id: 'csp.missing', severity: 'medium', evidence: 'content-security-policy is absent' },
    ]);
    const page = answerWith({ 'content-security-policy-report-only': "default-src 'self'" });
    expect(checkContentSecurity(sightOf(page))).toMatchObject([
      { id: 'csp.report-only', severity: 'medium' },
    ]);
  });
});

test.each<[string | undefined, string]>([
  [undefined, 'hsts.missing'],
  ['max-age=31536000; includeSubDomains', 'hsts'],
  ['includeSubDomains; Max-Age="31536000"', 'hsts'],
  ['max-age=15552000', 'hsts'],
  ['max-age=15551999', 'hsts.short'],
  ['max-age=0', 'hsts.off'],
  ['includeSubDomains', 'hsts.off'],
  ['max-age=0, max-age=31536000', 'hsts.off'],
])('strict transport: %j is %s', (value, id) => {
  const headers = value === undefined ? {} : { 'strict-transport-security': value };
  expect(checkStrictTransport(sightOf(answerWith(headers)))).toMatchObject([{ id }]);
  expect(checkStrictTransport(sightOf(answerWith(headers, http)))).toEqual([]);
});

test.each<[Record<string, string>, string]>([
  [{}, 'framing.missing'],
  [{ 'x-frame-options': 'DENY' }, 'framing'],
  [{ 'x-frame-options': 'sameorigin' }, 'framing'],
  [{ 'x-frame-options': 'ALLOW-FROM https://a.example' }, 'framing.unknown'],
  [{ 'content-security-policy': "frame-ancestors 'none'" }, 'framing'],
  [{ 'content-security-policy': 'frame-ancestors https://a.example' }, 'framing'],
  [{ 'content-security-policy': 'frame-ancestors *', 'x-frame-options': 'DENY' }, 'framing.missing'],
  [{ 'content-security-policy': "default-src 'self'" }, 'framing.missing'],
])('framing: %j is %s', (headers, id) =>
  expect(checkFraming(sightOf(answerWith(headers)))).toMatchObject([{ id }]),
);

test('framing: a policy within the page cannot restrict it', () => {
  const body = `<meta http-equiv="content-security-policy" content="frame-ancestors 'none'">`;
  expect(checkFraming(sightOf(answerWith({}, { body })))).toMatchObject([{ id: 'framing.missing' }]);
});

test.each([
  ['nosniff', 'nosniff'],
  ['NoSniff', 'nosniff'],
  ['nosniff, nosniff', 'nosniff'],
  ['sniff', 'nosniff.missing'],
  ['', 'nosniff.missing'],
])('types: %j is %s', (value, id) =>
  expect(checkContentTypeOptions(sightOf(answerWith({ 'x-content-type-options': value })))).toMatchObject([
    { id },
  ]),
);

test.each([
  ['no-referrer', 'referrer'],
  ['unsafe-url', 'referrer.unsafe'],
  ['no-referrer-when-downgrade', 'referrer.unsafe'],
  ['unsafe-url, strict-origin-when-cross-origin', 'referrer'],
  ['strict-origin, something-new', 'referrer'],
  ['nonsense', 'referrer.missing'],
])('referrer: %j is %s', (value, id) =>
  expect(checkReferrerPolicy(sightOf(answerWith({ 'referrer-policy': value })))).toMatchObject([{ id }]),
);

test.each([
  ['same-origin', 'coop'],
  ['same-origin-allow-popups; report-to="x"', 'coop'],
  ['unsafe-none', 'coop.missing'],
  ['', 'coop.missing'],
])('opener: %j is %s', (value, id) => {
  const headers = { 'cross-origin-opener-policy': value };
  expect(checkOpenerPolicy(sightOf(answerWith(headers)))).toMatchObject([{ id }]);
  expect(checkOpenerPolicy(sightOf(answerWith(headers, http)))).toEqual([]);
});

describe('cookies', () => {
  const set = (...fields: string[]) => answerWith({ 'set-cookie': fields });
  test.each<[string, string[]]>([
    ['a=1; Secure; HttpOnly; SameSite=Lax', ['cookies']],
    ['a=1; secure; httponly; samesite = strict; Path=/', ['cookies']],
    ['a=1; HttpOnly; SameSite=Lax', ['cookies.secure']],
    ['a=1; Secure; SameSite=None', ['cookies.httponly']],
    ['a=1; Secure; HttpOnly', ['cookies.samesite']],
    ['a=1; Secure; HttpOnly; SameSite=Whatever', ['cookies.samesite']],
    ['a=1', ['cookies.secure', 'cookies.httponly', 'cookies.samesite']],
    ['XSRF-TOKEN=1; Secure; SameSite=Lax', ['cookies']],
    ['', ['cookies.secure', 'cookies.httponly', 'cookies.samesite']],
  ])('%j: %j', (field, ids) => expect(checkCookies(sightOf(set(field))).map(({ id }) => id)).toEqual(ids));

  test('are named once, also those set on the way, and never by their value', () => {
    const way = answerWith({ 'set-cookie': 'lang=en; Secure; SameSite=Lax' }, { status: 302 });
    const page = set('sid=canary-value; Secure; SameSite=Lax', 'sid=canary-value; Secure; SameSite=Lax');
    const found = checkCookies({ ...sightOf(page), answers: [way, page] });
    expect(found).toMatchObject([{ id: 'cookies.httponly', evidence: 'Cookies lang, sid' }]);
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  test('over plain http cannot be Secure, and none at all is fine', () => {
    const plain = answerWith({ 'set-cookie': 'a=1; HttpOnly; SameSite=Lax' }, http);
    expect(checkCookies(sightOf(plain))).toMatchObject([{ id: 'cookies' }]);
    expect(checkCookies(sightOf(answerWith()))).toMatchObject([
      { id: 'cookies', evidence: 'No cookie is set' },
    ]);
  });
});

test.each<[Record<string, string>, string, string]>([
  [{}, 'banner', 'pass'],
  [{ server: '' }, 'banner', 'pass'],
  [{ server: 'nginx' }, 'banner.product', 'info'],
  [{ server: 'nginx/1.25.3' }, 'banner.version', 'low'],
  [{ server: 'cloudflare', 'x-powered-by': 'PHP/8.3' }, 'banner.version', 'low'],
  [{ 'x-powered-by': 'Express' }, 'banner.product', 'info'],
  [{ 'x-aspnet-version': '4.0.30319' }, 'banner.version', 'low'],
])('banner: %j is %s', (headers, id, severity) =>
  expect(checkBanner(sightOf(answerWith(headers)))).toMatchObject([{ id, severity }]),
);
