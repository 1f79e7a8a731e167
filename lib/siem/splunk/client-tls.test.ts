import { createServer as createHttpsServer } from 'node:https';
import type { TlsOptions } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { httpServer, type Loopback, listen, rawServer } from '@/lib/net/testing/loopback-server';
import { fingerprintOf, pem } from '@/lib/net/testing/tls-files';
import type { TlsTrust } from '@/lib/net/tls-trust';
import { createHecClient, type HecClient, type HecReply } from '@/lib/siem/splunk/client';
import { diagnose } from '@/lib/siem/splunk/diagnose';
import { classify } from '@/lib/siem/splunk/outcome';
import { small as body, policy } from '@/lib/siem/splunk/testing/hec-client';
import { until } from '@/test/until';

function serverWith(name: Parameters<typeof pem>[0], more: TlsOptions = {}): Promise<Loopback> {
  const identity = { key: pem(name), cert: pem(name) };
  return httpServer((_request, response) => response.end('{"text":"Success","code":0}'), {
    ...identity,
    ...more,
  });
}

type Way = { ca?: string; pinned?: string; scheme?: string; host?: string; connectTimeoutMs?: number };

/** A client for splunk.test on that port. */
function clientFor({ port }: Loopback, way: Way): HecClient {
  const { scheme = 'https', host = 'splunk.test', connectTimeoutMs = 5_000 } = way;
  const eventUrl = `${scheme}://${host}:${port}/services/collector/event`;
  const destination = {
    eventUrl,
    token: 'a-token-of-a-test',
    channel: 'c',
    trust: trustOf(way),
    gzip: true,
  };
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  const client = createHecClient(destination, { policy, lookup, limits: { connectTimeoutMs } });
  onTestFinished(() => client.close());
  return client;
}

function trustOf({ ca, pinned }: Way): TlsTrust {
  if (ca !== undefined) return { kind: 'ca', pem: ca };
  return pinned === undefined ? { kind: 'system' } : { kind: 'pinned', fingerprint256: pinned };
}

function sendTo(server: Loopback, way: Way = {}): Promise<HecReply> {
  return clientFor(server, way).send(body, { deadlineMs: 10_000 });
}

const causeOf = (reply: HecReply) => classify(reply, { events: 1, bytes: body.length }).cause;

describe('a certificate is always verified', () => {
  it('an own CA is accepted, and the certificate is reported', async () => {
    const reply = await sendTo(await serverWith('trusted'), { ca: pem('ca') });
    expect(reply).toMatchObject({
      kind: 'response',
      status: 200,
      certificate: {
        subject: 'splunk.test',
        issuer: 'Tracekeep test CA',
        names: ['splunk.test', '127.0.0.1'],
        validTo: new Date('2120-01-01T00:00:00Z'),
      },
    });
  });

  it('an IP literal is checked against the addresses of the certificate', async () => {
    const reply = await sendTo(await serverWith('trusted'), { ca: pem('ca'), host: '127.0.0.1' });
    expect(reply).toMatchObject({ kind: 'response', status: 200 });
  });

  it.each([
    ['without the own CA', 'trusted', undefined, 'tls_unknown_ca'],
    ['self-signed', 'self-signed', undefined, 'tls_self_signed'],
    ['of another host', 'wrong-host', 'ca', 'tls_wrong_host'],
    ['expired', 'expired', 'ca', 'tls_expired'],
    ['as Splunk ships it', 'splunk-default', undefined, 'tls_splunk_default'],
    ['of another CA than the own one', 'self-signed', 'ca', 'tls_self_signed'],
  ] as const)('%s: refused, with its own cause, and nothing is sent', async (_what, name, ca, id) => {
    const reply = await sendTo(await serverWith(name), ca ? { ca: pem(ca) } : {});
    expect(reply).toMatchObject({ kind: 'failure', sent: false, secure: true });
    expect(reply.certificate).toBeDefined();
    expect(causeOf(reply).id).toBe(id);
  });

  it('whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(causeOf(await sendTo(await serverWith('self-signed'))).id).toBe('tls_self_signed');
  });

  it('the message gets the day of expiry and the names of a wrong host', async () => {
    const expired = await sendTo(await serverWith('expired'), { ca: pem('ca') });
    expect(causeOf(expired).detail).toBe('2021-02-03');
    const foreign = await sendTo(await serverWith('wrong-host'), { ca: pem('ca') });
    expect(causeOf(foreign).detail).toBe('other.test');
  });

  it('anew on each connection: a certificate swapped in between is noticed', async () => {
    const server = createHttpsServer({ key: pem('trusted'), cert: pem('trusted') }, (_request, response) =>
      response.end('{"text":"Success","code":0}'),
    );
    const client = clientFor(await listen(server), { ca: pem('ca') });
    expect((await client.send(body)).kind).toBe('response');
    server.setSecureContext({ key: pem('self-signed'), cert: pem('self-signed') });
    client.renew();
    expect(causeOf(await client.send(body)).id).toBe('tls_self_signed');
  });

  it('an own CA that is no certificate is a failure, not an exception', async () => {
    const reply = await sendTo(await serverWith('trusted'), {
      ca: '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----',
    });
    expect(reply).toMatchObject({ kind: 'failure', sent: false });
  });
});

describe('a pinned certificate', () => {
  it.each(['self-signed', 'wrong-host', 'splunk-default'] as const)(
    'is trusted without a chain or a name: %s',
    async (name) => {
      const reply = await sendTo(await serverWith(name), { pinned: fingerprintOf(name) });
      expect(reply).toMatchObject({
        kind: 'response',
        status: 200,
        certificate: { fingerprint256: fingerprintOf(name) },
      });
    },
  );

  // In TLS 1.2 the server has its half of the handshake before the client judges it; in 1.3 it never gets that far.
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is the only one: another server gets not one byte of the request (%s)',
    async (version) => {
      const received: Buffer[] = [];
      const impostor = await rawServer(
        (socket) => {
          socket.on('data', (bytes) => received.push(bytes));
        },
        { key: pem('trusted'), cert: pem('trusted'), minVersion: version, maxVersion: version },
      );
      const reply = await sendTo(impostor, { pinned: fingerprintOf('self-signed') });
      expect(reply).toMatchObject({ kind: 'failure', code: 'ERR_CERTIFICATE_NOT_PINNED', sent: false });
      expect(reply.certificate?.fingerprint256).toBe(fingerprintOf('trusted'));
      expect(causeOf(reply).id).toBe('tls_not_pinned');
      expect(impostor.opened()).toBe(1);
      await until(() => expect(impostor.open()).toBe(0));
      expect(Buffer.concat(received)).toHaveLength(0);
    },
  );

  it('does not save a server that a public authority would vouch for: the pin replaces every other trust', async () => {
    const reply = await sendTo(await serverWith('trusted'), { pinned: fingerprintOf('wrong-host') });
    expect(causeOf(reply).id).toBe('tls_not_pinned');
  });

  it('still has to be within its dates', async () => {
    const reply = await sendTo(await serverWith('expired'), { pinned: fingerprintOf('expired') });
    expect(reply).toMatchObject({ kind: 'failure', sent: false });
    expect(causeOf(reply)).toMatchObject({ id: 'tls_expired', detail: '2021-02-03' });
  });

  it('still needs TLS 1.2', async () => {
    const outdated = await serverWith('self-signed', {
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const reply = await sendTo(outdated, { pinned: fingerprintOf('self-signed') });
    expect(causeOf(reply).id).toBe('tls_outdated');
  });

  it('is looked for on each connection: a certificate swapped in between is noticed', async () => {
    const server = createHttpsServer(
      { key: pem('self-signed'), cert: pem('self-signed') },
      (_request, response) => response.end('{"text":"Success","code":0}'),
    );
    const client = clientFor(await listen(server), { pinned: fingerprintOf('self-signed') });
    expect((await client.send(body)).kind).toBe('response');
    server.setSecureContext({ key: pem('trusted'), cert: pem('trusted') });
    client.renew();
    expect(causeOf(await client.send(body)).id).toBe('tls_not_pinned');
  });
});

describe('the handshake', () => {
  it('with TLS 1.1 is refused', async () => {
    const outdated = await serverWith('trusted', {
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect(causeOf(await sendTo(outdated, { ca: pem('ca') })).id).toBe('tls_outdated');
  });

  // TLS 1.3 ends the client's handshake before the server looks for its certificate: all that is seen is a closed door.
  it('that demands a client certificate: the cure is in the hint', async () => {
    const demanding = await serverWith('trusted', { requestCert: true, rejectUnauthorized: true });
    const cause = causeOf(await sendTo(demanding, { ca: pem('ca') }));
    expect(cause.id).toBe('connection_reset');
    expect(diagnose(cause, { host: 'splunk.test', port: demanding.port }).hint).toContain(
      'requireClientCert',
    );
  });

  it('to a port without TLS', async () => {
    const plain = await httpServer((_request, response) => response.end());
    expect(causeOf(await sendTo(plain)).id).toBe('tls_not_spoken');
  });

  it('left out towards a port with TLS', async () => {
    expect(causeOf(await sendTo(await serverWith('trusted'), { scheme: 'http' })).id).toBe(
      'plain_http_to_tls',
    );
  });

  it('that stalls is given up after the connect timeout', async () => {
    const silent = await rawServer(() => {});
    const reply = await sendTo(silent, { connectTimeoutMs: 100 });
    expect(reply).toMatchObject({ kind: 'failure', code: 'UND_ERR_CONNECT_TIMEOUT', sent: false });
    expect(causeOf(reply).id).toBe('unreachable');
  });
});
