import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress } from '@/lib/net/address-policy';
import type { NetworkPolicy } from '@/lib/net/network-policy';

const base = { plainHttpAllowed: false, ownEndpoints: [] };
const policies = {
  public: { ...base, privateAllowed: false, loopbackAllowed: false },
  private: { ...base, privateAllowed: true, loopbackAllowed: false },
  demo: { ...base, privateAllowed: true, loopbackAllowed: true },
} satisfies Record<string, NetworkPolicy>;

/** Under which policies an address may be connected to. */
const addresses: readonly [string, string, readonly (keyof typeof policies)[]][] = [
  ['8.8.8.8', 'public', ['public', 'private', 'demo']],
  ['2606:4700::1111', 'public', ['public', 'private', 'demo']],
  ['::ffff:8.8.8.8', 'mapped public', ['public', 'private', 'demo']],
  ['10.1.2.3', 'private', ['private', 'demo']],
  ['172.16.0.1', 'private', ['private', 'demo']],
  ['172.32.0.1', 'just outside of private', ['public', 'private', 'demo']],
  ['192.168.178.20', 'private', ['private', 'demo']],
  ['::ffff:10.1.2.3', 'mapped private', ['private', 'demo']],
  ['fd12:3456::1', 'unique local', ['private', 'demo']],
  ['100.64.0.1', 'overlay network', ['private', 'demo']],
  ['127.0.0.1', 'loopback', ['demo']],
  ['127.255.255.254', 'loopback', ['demo']],
  ['::1', 'loopback', ['demo']],
  ['::ffff:7f00:1', 'mapped loopback', ['demo']],
  ['169.254.169.254', 'metadata', []],
  ['::ffff:169.254.169.254', 'mapped metadata', []],
  ['169.254.170.2', 'metadata', []],
  ['fd00:ec2::254', 'metadata in a private range', []],
  ['fd00:0ec2:0:0:0:0:0:254', 'metadata, spelled out', []],
  ['100.100.100.200', 'metadata in an overlay range', []],
  ['192.0.0.192', 'metadata', []],
  ['168.63.129.16', 'metadata at a public address', []],
  ['169.254.1.1', 'link-local', []],
  ['fe80::1', 'link-local', []],
  ['fe80::1%lo', 'with a zone', []],
  ['fe80::5efe:10.0.0.1', 'ISATAP, link-local', []],
  ['2606:4700::5efe:a00:1', 'ISATAP, global', []],
  ['2606:4700::200:5efe:a00:1', 'ISATAP, global', []],
  ['fec0::1', 'site-local', []],
  ['0.0.0.0', 'unspecified', []],
  ['0.1.2.3', 'this network', []],
  ['::', 'unspecified', []],
  ['255.255.255.255', 'broadcast', []],
  ['224.0.0.1', 'multicast', []],
  ['ff02::1', 'multicast', []],
  ['240.0.0.1', 'reserved', []],
  ['192.0.2.1', 'documentation', []],
  ['198.18.0.1', 'benchmarking', []],
  ['2001:db8::1', 'documentation', []],
  ['3fff::1', 'documentation', []],
  ['100::1', 'discard', []],
  ['::7f00:1', 'IPv4-compatible loopback', []],
  ['::127.0.0.1', 'the same with dots', []],
  ['::8.8.8.8', 'IPv4-compatible public with dots', []],
  ['::808:808', 'IPv4-compatible public', []],
  ['64:ff9b::a9fe:a9fe', 'NAT64', []],
  ['64:ff9b:1::7f00:1', 'local NAT64', []],
  ['2002:7f00:1::', '6to4', []],
  ['2001:0:7f00:1::', 'Teredo', []],
  ['::ffff:0:7f00:1', 'RFC 6145', []],
  ['4000::1', 'never given out', []],
  ['5f00::1', 'segment routing', []],
  ['localhost', 'not an address', []],
  ['127.1', 'not an address in the strict form', []],
  ['2130706433', 'not an address in the strict form', []],
  ['10.0.0.1:8088', 'an address with a port', []],
  ['', 'nothing', []],
];

describe('an outgoing connection may only go where the policy says', () => {
  it.each(addresses)('%s (%s): %j', (address, _what, allowedUnder) => {
    const allowed = Object.entries(policies).filter(([, policy]) => checkAddress(address, policy).allowed);
    expect(allowed.map(([name]) => name)).toEqual(allowedUnder);
  });

  it('judges every IPv4 address alike in its mapped spelling', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom(...Object.values(policies)), (address, policy) => {
        const mapped = checkAddress(`::ffff:${address}`, policy);
        expect(mapped).toEqual(checkAddress(address, policy));
      }),
    );
  });

  it('never lets an IPv6 address through that is outside of 2000::/3, private ranges apart', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const { allowed } = checkAddress(address, policies.public);
        const mapped = /^::ffff:/i.test(address) || /^(?:0{1,4}:){5}ffff:/i.test(address);
        return !allowed || mapped || /^[23]/.test(address.padStart(4, '0'));
      }),
    );
  });
});
