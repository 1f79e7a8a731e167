import { describe, expect, it } from 'vitest';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { type Lookup, ResolveError, resolveHost } from '@/lib/net/resolve';

const policy: NetworkPolicy = {
  privateAllowed: true,
  loopbackAllowed: false,
  plainHttpAllowed: false,
  ownEndpoints: [{ host: '10.0.0.9', port: 3000 }],
};

const answers =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const failsWith =
  (code: string): Lookup =>
  async () => {
    throw Object.assign(new Error('lookup'), { code });
  };

const noDns: Lookup = async (host) => {
  throw new Error(`DNS was asked for ${host}`);
};

async function errorOf(resolution: Promise<unknown>): Promise<ResolveError> {
  const error = await resolution.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ResolveError)) throw new Error(`Not refused, or not with a ResolveError: ${error}`);
  return error;
}

describe('a name is pinned to checked addresses', () => {
  it('gives every address of a name that passes as a whole', async () => {
    const lookup = answers('10.1.2.3', 'fd00::5');
    await expect(resolveHost('splunk.corp', 8088, policy, { lookup })).resolves.toEqual([
      { address: '10.1.2.3', family: 4 },
      { address: 'fd00::5', family: 6 },
    ]);
  });

  it.each([
    ['metadata behind a public address', ['8.8.8.8', '169.254.169.254']],
    ['metadata before a public address', ['169.254.169.254', '8.8.8.8']],
    ['loopback', ['127.0.0.1']],
    ['our own address', ['10.0.0.9']],
  ])('refuses a name with %s', async (_what, addresses) => {
    const error = await errorOf(resolveHost('x.test', 3000, policy, { lookup: answers(...addresses) }));
    expect(error).toMatchObject({ kind: 'refused', code: 'ERR_ADDRESS_REFUSED' });
  });

  it('asks anew each time, so that a name that changes its mind is refused the second time', async () => {
    const turns = [['8.8.8.8'], ['169.254.169.254']];
    const lookup: Lookup = async () => (turns.shift() ?? []).map((address) => ({ address, family: 4 }));
    await expect(resolveHost('rebind.test', 443, policy, { lookup })).resolves.toHaveLength(1);
    expect((await errorOf(resolveHost('rebind.test', 443, policy, { lookup }))).kind).toBe('refused');
  });
});

describe('literals are judged without DNS', () => {
  const hostnameOf = (address: string) => new URL(address).hostname;

  it.each([
    'https://127.0.0.1',
    'https://127.1',
    'https://2130706433',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://①②⑦.⓪.⓪.①',
    'https://0',
    'https://[::]',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[64:ff9b::a9fe:a9fe]',
    'https://169.254.169.254',
    'https://[fd00:ec2::254]',
  ])('refuses %s', async (address) => {
    const error = await errorOf(resolveHost(hostnameOf(address), 443, policy, { lookup: noDns }));
    expect(error.code).toBe('ERR_ADDRESS_REFUSED');
  });

  it('takes an allowed literal as it is, in brackets too', async () => {
    await expect(resolveHost('[fd00::5]', 8088, policy, { lookup: noDns })).resolves.toEqual([
      { address: 'fd00::5', family: 6 },
    ]);
  });
});

describe('no answer means no connection', () => {
  it.each([
    ['ENOTFOUND', 'not_found'],
    ['ENODATA', 'not_found'],
    ['EAI_AGAIN', 'temporary'],
    ['ESERVFAIL', 'temporary'],
  ])('%s is %s', async (code, kind) => {
    const error = await errorOf(resolveHost('x.test', 443, policy, { lookup: failsWith(code) }));
    expect(error).toMatchObject({ code, kind });
  });

  it('an empty answer is a name that does not exist', async () => {
    expect((await errorOf(resolveHost('x.test', 443, policy, { lookup: answers() }))).kind).toBe('not_found');
  });

  it('a resolver that never answers is given up', async () => {
    const lookup: Lookup = () => new Promise(() => {});
    const error = await errorOf(resolveHost('x.test', 443, policy, { lookup, timeoutMs: 20 }));
    expect(error).toMatchObject({ kind: 'temporary', code: 'EAI_AGAIN' });
  });

  it('a name with hundreds of addresses is an error, not hundreds of attempts', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `8.8.${index >> 8}.${index & 255}`);
    expect((await errorOf(resolveHost('x.test', 443, policy, { lookup: answers(...many) }))).kind).toBe(
      'temporary',
    );
  });

  it('a dangerous port is refused before anything is asked', async () => {
    const error = await errorOf(resolveHost('x.test', 6379, policy, { lookup: noDns }));
    expect(error.code).toBe('ERR_PORT_REFUSED');
  });
});
