import { describe, expect, it } from 'vitest';
import { parseEnv } from '@/lib/env';
import { isDangerousPort, isOwnEndpoint, networkPolicy } from '@/lib/net/network-policy';

const variables = {
  DATABASE_URL: 'postgresql://tracekeep@db.internal:6544/tracekeep',
  APP_SECRET: '0123456789abcdef0123456789abcdef',
  PUBLIC_URL: 'https://audit.example.com',
  PORT: '3000',
};

describe('the policy follows the environment', () => {
  it('allows private addresses and refuses loopback and plain HTTP when nothing is set', () => {
    const policy = networkPolicy(parseEnv(variables));
    expect(policy).toMatchObject({ privateAllowed: true, loopbackAllowed: false, plainHttpAllowed: false });
  });

  it('takes each of the three switches', () => {
    const switches = { NETWORK_POLICY: 'public', ALLOW_LOOPBACK: '1', ALLOW_PLAIN_HTTP: '1' };
    const policy = networkPolicy(parseEnv({ ...variables, ...switches }));
    expect(policy).toMatchObject({ privateAllowed: false, loopbackAllowed: true, plainHttpAllowed: true });
  });
});

describe('the server is not made to talk to itself', () => {
  const policy = networkPolicy(parseEnv(variables));

  it.each([
    ['localhost', 3000],
    ['127.0.0.1', 3000],
    ['::1', 3000],
    ['audit.example.com', 443],
    ['db.internal', 6544],
  ])('%s:%i is our own', (host, port) => {
    expect(isOwnEndpoint(host, port, policy)).toBe(true);
  });

  it.each([
    ['localhost', 8088],
    ['splunk.example.com', 3000],
    ['audit.example.com', 8088],
  ])('%s:%i is not', (host, port) => {
    expect(isOwnEndpoint(host, port, policy)).toBe(false);
  });

  it('copes with a database address that URL cannot read', () => {
    const several = { ...variables, DATABASE_URL: 'postgresql://a:5432,b:5432/x' };
    expect(isOwnEndpoint('localhost', 3000, networkPolicy(parseEnv(several)))).toBe(true);
  });
});

describe('ports on which an HTTP request could do harm are refused', () => {
  it.each([22, 25, 5432, 6379, 11211, 27017, 2375])('%i', (port) => {
    expect(isDangerousPort(port)).toBe(true);
  });

  it.each([80, 443, 8088, 8443, 18088])('but not %i', (port) => {
    expect(isDangerousPort(port)).toBe(false);
  });
});
