import { describe, expect, test } from 'vitest';
import { checkCertificate } from '@/lib/scans/checks/certificate';
import { checkReachability } from '@/lib/scans/checks/reachability';
import { checkRedirect } from '@/lib/scans/checks/redirect';
import { redirectOf, type Sight } from '@/lib/scans/checks/sight';
import { checkTlsVersion } from '@/lib/scans/checks/tls-version';
import { answerWith, certificateFor, sightOf } from '@/lib/scans/testing/sights';

const refusedWith = (code: string, days = 300): Sight =>
  sightOf(undefined, {
    refusal: { url: new URL('https://shop.example.com/'), code, certificate: certificateFor(days) },
  });

test.each([
  [200, 'reachability'],
  [401, 'reachability'],
  [403, 'reachability'],
  [404, 'reachability.no-page'],
  [500, 'reachability.server-error'],
  [503, 'reachability.server-error'],
])('an answer of %i is %s', (status, id) =>
  expect(checkReachability(sightOf(answerWith({}, { status })))).toMatchObject([{ id }]),
);

describe('plain http', () => {
  const plainPage = answerWith({}, { address: 'http://www.example.com/' });
  const redirecting = (location: string) =>
    answerWith({ location }, { address: 'http://www.example.com/', status: 301 });
  const secure = answerWith();

  test('as the only way to a target is an F by itself', () => {
    expect(checkRedirect(sightOf(plainPage))).toMatchObject([
      { id: 'redirect.unencrypted', severity: 'high' },
    ]);
  });

  test('that a target at https falls back to is as bad', () => {
    const away = answerWith({ location: 'http://www.example.com/' }, { status: 302 });
    expect(checkRedirect(sightOf(plainPage, { target: away.url, answers: [away, plainPage] }))).toMatchObject(
      [{ id: 'redirect.unencrypted', severity: 'high' }],
    );
  });

  test('that leads on to https is as it should be, also where the certificate then is refused', () => {
    const answers = [redirecting('https://www.example.com/'), secure];
    const target = new URL('http://www.example.com/');
    expect(checkRedirect(sightOf(secure, { target, answers }))).toMatchObject([{ id: 'redirect' }]);
    const { refusal } = refusedWith('CERT_HAS_EXPIRED');
    expect(
      checkRedirect(sightOf(undefined, { target, answers: answers.slice(0, 1), refusal })),
    ).toMatchObject([{ id: 'redirect' }]);
  });

  test.each<[Sight['plain'], string[]]>([
    [undefined, []],
    ['closed', ['redirect']],
    [redirecting('https://www.example.com/'), ['redirect']],
    [redirecting('/somewhere'), ['redirect.missing']],
    [plainPage, ['redirect.missing']],
  ])('beside a target at https: %#', (plain, ids) =>
    expect(checkRedirect(sightOf(secure, { plain })).map(({ id }) => id)).toEqual(ids),
  );
});

test('the TLS version that was agreed on is judged, and an outdated one is an F', () => {
  const spoken = (protocol: string) =>
    sightOf(answerWith({}, { tls: { protocol, certificate: certificateFor(300) } }));
  expect(checkTlsVersion(spoken('TLSv1.3'))).toMatchObject([{ id: 'tls', severity: 'pass' }]);
  expect(checkTlsVersion(spoken('TLSv1.2'))).toMatchObject([{ id: 'tls.not-newest', severity: 'info' }]);
  expect(checkTlsVersion(refusedWith('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'))).toMatchObject([
    { id: 'tls.outdated', severity: 'high' },
  ]);
  expect(checkTlsVersion(sightOf(answerWith({}, { address: 'http://www.example.com/' })))).toEqual([]);
});

describe('the certificate', () => {
  test.each([
    [300, 'certificate', 'The certificate is trusted'],
    [30, 'certificate', 'The certificate is trusted'],
    [29, 'certificate.within-30-days', 'The certificate expires in 29 days'],
    [14, 'certificate.within-30-days', 'The certificate expires in 14 days'],
    [13, 'certificate.within-14-days', 'The certificate expires in 13 days'],
    [1, 'certificate.within-14-days', 'The certificate expires in a day'],
  ])('with %i days left is %s', (days, id, title) => {
    const tls = { protocol: 'TLSv1.3', certificate: certificateFor(days) };
    expect(checkCertificate(sightOf(answerWith({}, { tls })))).toMatchObject([{ id, title }]);
  });

  test.each([
    ['CERT_HAS_EXPIRED', 'certificate.expired'],
    ['CERT_NOT_YET_VALID', 'certificate.not-yet-valid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate.wrong-name'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate.self-signed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate.untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate.untrusted'],
    ['CERT_REVOKED', 'certificate.untrusted'],
  ])('refused with %s is %s', (code, id) =>
    expect(checkCertificate(refusedWith(code))).toMatchObject([{ id, severity: 'high' }]),
  );

  test('says what it is for when that is not the target', () => {
    expect(checkCertificate(refusedWith('ERR_TLS_CERT_ALTNAME_INVALID'))[0]?.evidence).toBe(
      'shop.example.com is not among www.example.com, example.com',
    );
  });
});

test('a redirect is read without the parts that no server gets to see', () => {
  const answer = answerWith({ location: 'https://user:canary@www.example.com/a?b#c' }, { status: 302 });
  expect(redirectOf(answer)?.href).toBe('https://www.example.com/a?b');
  expect(redirectOf(answerWith({ location: 'http://[' }, { status: 302 }))).toBeUndefined();
  expect(redirectOf(answerWith({ location: '/a' }))).toBeUndefined();
});
