import { describe, expect, it } from 'vitest';
import { keptAuthority, typedTrust } from '@/lib/siem/integrations/typed-trust';

describe('what the form says to trust', () => {
  it.each([
    ['nothing', {}, undefined],
    ['the system', { trust: 'system', fingerprint: 'AA', caCertificate: 'x' }, { kind: 'system' }],
    ['pasted text', { trust: 'ca', caCertificate: ' pasted\n', caFile: '' }, { kind: 'ca', pem: 'pasted' }],
    [
      'a file before text',
      { trust: 'ca', caCertificate: 'pasted', caFile: 'file' },
      { kind: 'ca', pem: 'file' },
    ],
    ['a fingerprint', { trust: 'pinned', fingerprint: 'AA' }, { kind: 'pinned', fingerprint256: 'AA' }],
    [
      'the certificate of a test before everything',
      { trust: 'system', fingerprint: 'AA', pin: 'BB' },
      { kind: 'pinned', fingerprint256: 'BB' },
    ],
  ] as const)('%s', (_, typed, trust) => expect(typedTrust(typed)).toEqual(trust));
});

it('a private key that was pasted by mistake is not sent back to the page', () => {
  expect(keptAuthority({ caCertificate: '-----BEGIN PRIVATE KEY-----' })).toBeUndefined();
  expect(keptAuthority({ caCertificate: 'no certificate' })).toBe('no certificate');
  expect(keptAuthority({})).toBeUndefined();
});
