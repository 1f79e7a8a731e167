import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';
import type { TlsVariant } from '@/splunk/simulator/tls-variants';

let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0, tls: 'private-ca' });
});
afterEach(() => splunk.close());

/** What a client that trusts the simulator's authority meets: the HTTP status, or the error's code. */
async function verdict(options: { trusting?: boolean } = {}): Promise<unknown> {
  const { trusting = true } = options;
  const url = `${splunk.url}/services/collector/health`;
  try {
    const answer = await rawRequest(url, { method: 'GET', ...(trusting && { ca: splunk.authority }) });
    return answer.status;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

describe('what HEC shows in the handshake', () => {
  it.each<[TlsVariant, unknown]>([
    ['private-ca', 200],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['splunk-default', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['missing-intermediate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls-1.1', expect.stringMatching(/^(EPROTO|ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)$/)],
    [
      'client-certificate',
      expect.stringMatching(/^(ECONNRESET|EPIPE|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/),
    ],
    ['plain-http', expect.stringMatching(/^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)$/)],
  ])('%s', async (variant, met) => {
    splunk.inject({ kind: 'tls', variant });
    expect(await verdict()).toEqual(met);
    splunk.heal();
    expect(await verdict()).toBe(200);
  });

  it('without trust in its authority the private chain is refused', async () => {
    expect(await verdict({ trusting: false })).toBe('UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
  });

  it('tls-1.1 is spoken with a client that still does', async () => {
    splunk.setTls('tls-1.1');
    const version = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectTls({ port: splunk.port, host: '127.0.0.1', ca: splunk.authority, ...version });
    await once(socket, 'secureConnect');
    expect(socket.getProtocol()).toBe('TLSv1.1');
    socket.destroy();
  });

  it('strikes so many connections, or one of them', async () => {
    splunk.inject({ kind: 'tls', variant: 'expired' }, { times: 2 });
    splunk.inject({ kind: 'tls', variant: 'wrong-host' }, { where: { connection: 4 } });
    const met: unknown[] = [];
    for (let n = 0; n < 5; n++) met.push(await verdict());
    expect(met).toEqual(['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED', 200, 'ERR_TLS_CERT_ALTNAME_INVALID', 200]);
  });

  it('can be exchanged while the simulator runs, and a kept connection does not notice', async () => {
    expect(await verdict()).toBe(200);
    splunk.setTls('expired');
    expect(await verdict()).toBe('CERT_HAS_EXPIRED');
    splunk.setTls('private-ca');
    expect(await verdict()).toBe(200);
  });

  it('forgets whoever leaves over the certificate', async () => {
    splunk.setTls('expired');
    expect(await verdict()).toBe('CERT_HAS_EXPIRED');
    await splunk.waitFor(() => splunk.connections().open === 0);
  });
});

describe('a port with TLS', () => {
  it('closes the connection of a client that speaks plain HTTP, except for its own page', async () => {
    const plain = `http://127.0.0.1:${splunk.port}`;
    const headers = { Authorization: `Splunk ${splunk.token}` };
    const body = '{"event":1}';
    await expect(rawRequest(`${plain}/services/collector`, { headers, body })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(splunk.journal()).toEqual([]);
    const page = await rawRequest(`${plain}/`, { method: 'GET' });
    expect([page.status, page.text.includes(`https://127.0.0.1:${splunk.port}`)]).toEqual([200, true]);
    splunk.inject({ kind: 'tls', variant: 'plain-http' });
    expect((await rawRequest(`${plain}/services/collector`, { headers, body })).status).toBe(200);
  });

  it('survives a client that leaves before its first byte, and one that begins no handshake', async () => {
    const silent = connect(splunk.port, '127.0.0.1');
    await once(silent, 'connect');
    silent.resume().end();
    await once(silent, 'close');
    const rude = connect(splunk.port, '127.0.0.1');
    rude.on('error', () => {});
    rude.write(Buffer.from([0x16, 0x03, 0x01, 0x00, 0x04, 0xff, 0x00, 0x00, 0x00]));
    rude.resume();
    await once(rude, 'close');
    expect(await verdict()).toBe(200);
  });
});

describe('a port without TLS', () => {
  it('refuses a handshake in plain text, whatever certificate a fault would show', async () => {
    await splunk.close();
    splunk = await startSimulator({ port: 0 });
    splunk.inject({ kind: 'tls', variant: 'expired' });
    const url = `https://127.0.0.1:${splunk.port}/services/collector/health`;
    await expect(rawRequest(url, { method: 'GET' })).rejects.toMatchObject({ code: 'EPROTO' });
  });
});
