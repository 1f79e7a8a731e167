import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { httpServer, type Loopback, rawServer } from '@/lib/net/testing/loopback-server';
import { pem } from '@/lib/net/testing/tls-files';
import { isProblem } from '@/lib/scans/checks/finding';
import { deleteScan } from '@/lib/scans/delete-scan';
import { claimRun } from '@/lib/scans/jobs/claim';
import { runsKept } from '@/lib/scans/jobs/finish';
import { workOn } from '@/lib/scans/jobs/work';
import { getRun } from '@/lib/scans/read-runs';
import { getScan } from '@/lib/scans/read-scans';
import { stopScan } from '@/lib/scans/stop-scan';
import { recorded, recordedActions } from '@/lib/scans/testing/recorded';
import { lookup, stageScan } from '@/lib/scans/testing/scan-stage';
import { useDatabase } from '@/test/database';
import { until } from '@/test/until';

useDatabase();

const at = ({ port }: Loopback, path = '/', scheme = 'http') => `${scheme}://splunk.test:${port}${path}`;
const tls = (name: Parameters<typeof pem>[0]) => ({ key: pem(name), cert: pem(name) });
const never = new AbortController().signal;

const hardened = {
  'strict-transport-security': 'max-age=63072000',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** A target that takes the request and never answers. */
const silence = () => httpServer(() => undefined);

describe('a run looks at its target', () => {
  test('and finds what is wrong, with evidence, a grade and the event of the scanner', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(200, { server: 'nginx/1.25.3', 'set-cookie': 'sid=canary; HttpOnly' }).end('<p>'),
    );
    const stage = await stageScan(at(server));
    const run = await stage.run();
    expect(run).toMatchObject({
      end: 'finished',
      status: 'finished',
      progress: 100,
      step: null,
      grade: 'F',
      attempt: 1,
    });
    const problems = run.report?.findings.filter(isProblem) ?? [];
    expect(problems.map(({ id }) => id)).toEqual([
      'redirect.unencrypted',
      'csp.missing',
      'framing.missing',
      'nosniff.missing',
      'cookies.samesite',
      'banner.version',
      'referrer.missing',
    ]);
    expect(problems.find(({ id }) => id === 'banner.version')?.evidence).toBe('server: nginx/1.25.3');
    expect(run).toMatchObject({ findingCount: 7, newFindings: null, fixedFindings: null });
    expect(run.report?.visits).toEqual([{ url: at(server), outcome: 'answered 200' }]);
    expect(JSON.stringify(run)).not.toContain('canary');
    expect((await recorded(stage.source)).at(-1)).toMatchObject({
      action: 'scan.finish',
      outcome: 'success',
      actor: { type: 'system', name: 'Scanner' },
      context: { origin: 'system' },
      targets: [{ type: 'scan', id: stage.id, name: 'prod-weekly' }],
      metadata: { run_id: run.id, grade: 'F', findings: 7 },
    });
    expect(await getScan(stage.org, stage.id)).toMatchObject({
      activeRun: null,
      lastRun: { id: run.id },
      lastFinished: { id: run.id },
    });
  });

  test('over TLS that is in order: protocol and certificate pass, a hardened page is an A', async () => {
    const server = await httpServer(
      (_request, response) => response.writeHead(200, hardened).end(),
      tls('trusted'),
    );
    const stage = await stageScan(at(server, '/', 'https'));
    const run = await stage.run({ caCertificate: pem('ca') });
    expect(run).toMatchObject({ grade: 'A', findingCount: 0 });
    const passed = run.report?.findings.map(({ id }) => id);
    expect(passed).toEqual(expect.arrayContaining(['tls', 'certificate', 'hsts', 'csp']));
  });

  test.each([
    ['expired', pem('ca'), 'certificate.expired', 'valid until 2021-02-03'],
    ['self-signed', undefined, 'certificate.self-signed', 'issued by splunk.test'],
    ['wrong-host', pem('ca'), 'certificate.wrong-name', 'splunk.test is not among other.test'],
    ['trusted', undefined, 'certificate.untrusted', 'issued by Tracekeep test CA'],
  ] as const)(
    'that shows a certificate which is %s: an F, and nothing is sent',
    async (name, ca, id, told) => {
      const server = await httpServer((_request, response) => response.end(), tls(name));
      const stage = await stageScan(at(server, '/', 'https'));
      const run = await stage.run({ caCertificate: ca });
      expect(run).toMatchObject({ end: 'finished', grade: 'F', findingCount: 1 });
      expect(run.report?.findings).toMatchObject([{ id, severity: 'high' }]);
      expect(run.report?.findings[0]?.evidence).toContain(told);
    },
  );

  test('through redirects within its host, from http to https too, and examines where they end', async () => {
    const secure = await httpServer(
      (request, response) =>
        request.url === '/'
          ? response.writeHead(302, { location: '/home', 'set-cookie': 'lang=en' }).end()
          : response.writeHead(200, hardened).end(),
      tls('trusted'),
    );
    const plain = await httpServer((_request, response) =>
      response.writeHead(301, { location: at(secure, '/', 'https') }).end(),
    );
    const run = await (await stageScan(at(plain))).run({ caCertificate: pem('ca') });
    expect(run.report?.visits).toEqual([
      { url: at(plain), outcome: 'answered 301' },
      { url: at(secure, '/', 'https'), outcome: 'answered 302' },
      { url: at(secure, '/home', 'https'), outcome: 'answered 200' },
    ]);
    expect(run.report?.findings.map(({ id }) => id)).toContain('redirect');
    expect(run.report?.findings.find(({ id }) => id === 'cookies.secure')?.evidence).toBe('Cookie lang');
  });
});

test('where a server leads to is kept without its query and its session, and never at length', async () => {
  const secret = 'canary-token';
  const away = [`/a;jsessionid=${secret}?ticket=${secret}`, `/${'b'.repeat(5_000)}?${secret}`, '/end'];
  const server = await httpServer((_request, response) => {
    const location = away.shift();
    if (location) response.writeHead(302, { location });
    response.end();
  });
  const run = await (await stageScan(at(server))).run();
  expect(run.report?.visits.map(({ url }) => url)).toEqual([
    at(server),
    at(server, '/a;...?...'),
    expect.stringMatching(/^.{297}\.\.\.$/),
    at(server, '/end'),
  ]);
  expect(JSON.stringify(run)).not.toContain(secret);
});

describe('a run fails, with the cause in words and in the event,', () => {
  const served = (location: string) =>
    httpServer((_request, response) => response.writeHead(302, { location }).end());
  test.each<[string, () => Promise<Loopback>, RegExp]>([
    ['when the target is another site', () => served('https://evil.example/'), /only leads to evil\.example/],
    ['when it leads out of the web', () => served('javascript:alert(1)'), /only leads to javascript:/],
    ['when it leads to cloud metadata', () => served('http://169.254.169.254/'), /only leads to 169\.254/],
    ['when it leads in a circle', () => served('/'), /redirects in a circle/],
    [
      'when it does not speak HTTP',
      () => rawServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')),
      /does not speak HTTP on port/,
    ],
    ['when it hangs up', () => rawServer((socket) => socket.destroy()), /closed the connection/],
  ])('%s', async (_when, serve, reason) => {
    const server = await serve();
    const stage = await stageScan(at(server));
    const run = await stage.run();
    expect(run).toMatchObject({ end: 'failed', status: 'failed', grade: null, report: null });
    expect(run.reason).toMatch(reason);
    expect((await recorded(stage.source)).at(-1)).toMatchObject({
      action: 'scan.finish',
      outcome: 'failure',
      metadata: { run_id: run.id, reason: run.reason },
    });
  });

  test('when nothing listens, when there is no such name, and when the port has no TLS', async () => {
    const server = await httpServer((_request, response) => response.end());
    const stage = await stageScan(at(server, '/', 'https'));
    expect((await stage.run()).reason).toBe(
      `Port ${server.port} answers without TLS. Is it an http address?`,
    );
    const nameless = async () => {
      throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    };
    expect((await stage.run({ lookup: nameless })).reason).toContain('There is no splunk.test');
    const metadata = async () => [{ address: '169.254.169.254', family: 4 }];
    expect((await stage.run({ lookup: metadata })).reason).toContain('may not reach');
    expect(server.opened()).toBe(1);
  });
});

describe('a run is compared with the finished one before', () => {
  test('new, fixed and unchanged; failed and stopped runs in between count for nothing', async () => {
    let headers: Record<string, string> = { 'x-content-type-options': 'nosniff' };
    let status = 200;
    const server = await httpServer((_request, response) => {
      if (status === 0) response.destroy();
      else response.writeHead(status, headers).end();
    });
    const stage = await stageScan(at(server));
    const first = await stage.run();
    expect(first.report).toMatchObject({ comparedWith: null, new: [], fixed: [] });
    status = 0;
    expect((await stage.run()).status).toBe('failed');
    status = 200;
    headers = { 'content-security-policy': "default-src 'self'", server: 'nginx' };
    const second = await stage.run();
    expect(second.report).toMatchObject({
      comparedWith: first.id,
      new: ['nosniff.missing', 'banner.product'],
      fixed: [{ id: 'csp.missing', severity: 'medium', title: 'There is no content security policy' }],
    });
    expect(second).toMatchObject({ newFindings: 2, fixedFindings: 1 });
    const third = await stage.run();
    expect(third).toMatchObject({ newFindings: 0, fixedFindings: 0 });
  });

  test(`of which the last ${runsKept} are kept`, async () => {
    const server = await httpServer((_request, response) => response.end());
    const stage = await stageScan(at(server));
    await db().scanRun.createMany({
      data: Array.from({ length: runsKept }, (_, index) => ({
        id: randomUUID(),
        organizationId: stage.org,
        scanId: stage.id,
        status: 'failed' as const,
        trigger: 'manual',
        createdAt: new Date(Date.now() - (runsKept - index) * 60_000),
      })),
    });
    const { id } = await stage.run();
    const kept = await db().scanRun.findMany({ where: { scanId: stage.id }, orderBy: { createdAt: 'asc' } });
    expect(kept).toHaveLength(runsKept);
    expect(kept.at(-1)?.id).toBe(id);
  });
});

describe('a run that is ended from outside', () => {
  test.each([
    ['stopped', 'scan.stop'],
    ['deleted', 'scan.delete'],
  ] as const)(
    '%s in the middle of a request: the request is dropped and nothing is kept',
    async (how, action) => {
      const server = await silence();
      const stage = await stageScan(at(server));
      const runId = await stage.start();
      const working = workOn(runId, { signal: never, lookup, heartbeatMs: 20 });
      await until(() => expect(server.opened()).toBe(1));
      expect(await getRun(stage.org, stage.id, runId)).toMatchObject({
        status: 'running',
        progress: 10,
        step: `Asking splunk.test:${server.port}`,
      });
      if (how === 'stopped') await stopScan(stage.source, stage.id);
      else await deleteScan(stage.source, stage.id);
      expect(await working).toBe('lost');
      expect((await recordedActions(stage.source)).at(-1)).toBe(action);
      if (how === 'stopped') {
        expect(await getRun(stage.org, stage.id, runId)).toMatchObject({ status: 'stopped', grade: null });
      }
    },
  );

  test('waits for another worker when its own is told to end', async () => {
    const server = await silence();
    const stage = await stageScan(at(server));
    const runId = await stage.start();
    const ending = new AbortController();
    const working = workOn(runId, { signal: ending.signal, lookup });
    await until(() => expect(server.opened()).toBe(1));
    ending.abort();
    expect(await working).toBe('given_back');
    expect(await getRun(stage.org, stage.id, runId)).toMatchObject({
      status: 'queued',
      progress: 0,
      step: null,
    });
    expect(await claimRun(runId)).toMatchObject({ runId, attempt: 2 });
  });
});
