import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { parseConnection } from '@/lib/siem/integrations/connection';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { storedConnection } from '@/lib/siem/integrations/stored-connection';
import { testConnection } from '@/lib/siem/integrations/test-connection';
import { startSplunk } from '@/lib/siem/testing/stage';
import type { ScriptedAnswer } from '@/splunk/simulator/scripted-answers';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

async function recordOf(source: AuditSource) {
  const rows = await db().auditEvent.findMany({ where: { organizationId: source.organization.id } });
  expect(rows).toHaveLength(1);
  return JSON.parse(rows[0]?.record ?? '');
}

const statuses = (steps: readonly { name: string; status: string }[]) =>
  Object.fromEntries(steps.map(({ name, status }) => [name, status]));

describe('a test that passes', () => {
  it('puts one marked event into Splunk, by the same way as any other, and records the result', async () => {
    const source = await createOrganization();
    const splunk = await startSplunk();
    const result = await testConnection(
      source,
      parseConnection({ hecUrl: splunk.url, hecToken: splunk.token, index: 'audit' }),
      { name: 'Splunk' },
    );
    expect(result).toMatchObject({ ok: true, httpStatus: 200, hecCode: 0, warnings: [] });
    expect(result.field).toBeUndefined();
    expect(result.message).toMatch(/^Connected\. Splunk accepted a test event in \d+ ms\.$/);
    expect(result.search).toBe(`index="audit" sourcetype="tracekeep:audit" "${result.testId}"`);
    expect(statuses(result.steps)).toEqual({
      Address: 'ok',
      DNS: 'skipped',
      TCP: 'ok',
      TLS: 'skipped',
      HEC: 'ok',
      Token: 'ok',
      Index: 'ok',
    });
    expect(result.sent).toBe(true);
    expect(result.request).toMatch(/^POST http:.*\nAuthorization: Splunk ••••\n/);
    const shown = result.request.slice(result.request.indexOf('\n\n') + 2);
    expect(shown).toBe(splunk.events()[0]?.raw);
    expect(JSON.stringify(result)).not.toContain(splunk.token);

    expect(splunk.events()).toHaveLength(1);
    const [sent] = splunk.events();
    expect(sent).toMatchObject({ index: 'audit', sourcetype: 'tracekeep:audit' });
    expect(sent?.event).toMatchObject({
      seq: 0,
      hash: '0'.repeat(64),
      action: 'siem.test_connection',
      metadata: { test_id: result.testId, result: 'sent' },
    });
    expect(await recordOf(source)).toMatchObject({
      action: 'siem.test_connection',
      outcome: 'success',
      targets: [{ name: 'Splunk' }],
      metadata: { test_id: result.testId, result: 'accepted', http_status: 200, hec_code: 0, index: 'audit' },
    });
  });
});

describe('a test that fails', () => {
  it('says which step, which field, the cause and the cure, and records it as a failure without the token', async () => {
    const source = await createOrganization();
    const splunk = await startSplunk();
    const result = await testConnection(
      source,
      parseConnection({ hecUrl: splunk.url, hecToken: splunk.token, index: 'elsewhere' }),
    );
    expect(result).toMatchObject({ ok: false, field: 'index', httpStatus: 400, hecCode: 7 });
    expect(result.message).toBe('The token may not write to index "elsewhere"');
    expect(result.hint).not.toBe('');
    expect(statuses(result.steps)).toMatchObject({ HEC: 'ok', Token: 'ok', Index: 'failed' });
    expect(result.steps.at(-1)?.detail).toBe('refused: code 7, Incorrect index');

    expect(result.search).toBe('index=_internal sourcetype=splunkd component=HttpInputDataHandler');

    const record = await recordOf(source);
    expect(record).toMatchObject({
      outcome: 'failure',
      metadata: { result: 'index_not_allowed', hec_code: 7, http_status: 400 },
    });
    expect(JSON.stringify([record, result])).not.toContain(splunk.token);
  });

  it.each<[string, { token?: string; answer?: ScriptedAnswer }, string, string]>([
    ['an unknown token', { token: '00000000-0000-0000-0000-000000000000' }, 'hecToken', 'Token'],
    ['a web page', { answer: { status: 200, body: '<html>Splunk Web</html>' } }, 'hecUrl', 'HEC'],
    ['a busy Splunk', { answer: { status: 503, body: { text: 'Busy', code: 9 } } }, 'form', 'HEC'],
  ])('tells %s apart', async (_, { token, answer }, field, failed) => {
    const source = await createOrganization();
    const splunk = await startSplunk();
    if (answer) splunk.answerNext(answer);
    const connection = parseConnection({
      hecUrl: splunk.url,
      hecToken: token ?? splunk.token,
      index: '',
    });
    const result = await testConnection(source, connection);
    expect(result).toMatchObject({ ok: false, field });
    expect(result.steps.find(({ status }) => status === 'failed')?.name).toBe(failed);
    const at = result.steps.findIndex(({ status }) => status === 'failed');
    expect(result.steps.slice(at + 1).every(({ status }) => status === 'skipped')).toBe(true);
  });

  it('tells a closed port apart', async () => {
    const source = await createOrganization();
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // listen() on a host and port gives an AddressInfo.
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const connection = parseConnection({
      hecUrl: `http://127.0.0.1:${port}`,
      hecToken: 'some-token-0001',
      index: '',
    });
    const result = await testConnection(source, connection);
    expect(result).toMatchObject({ ok: false, field: 'hecUrl' });
    expect(result.message).toContain(`refused the connection on port ${port}`);
    expect(result.steps.find(({ status }) => status === 'failed')).toMatchObject({ name: 'TCP' });
    expect(result).toMatchObject({ sent: false, request: expect.stringContaining('POST http://127.0.0.1') });
    expect(result.search).toBeUndefined();
  });

  it('tells nothing of an address that is not allowed, not even what its name resolves to', async () => {
    const source = await createOrganization();
    const hidden = { address: '169.254.169.254', family: 4 };
    const results = await Promise.all(
      ['https://169.254.169.254', 'https://splunk.test'].map((url) =>
        testConnection(
          source,
          {
            eventUrl: `${url}/services/collector/event`,
            token: 'some-token-0001',
            index: undefined,
            trust: { kind: 'system' },
            warnings: [],
          },
          {},
          { lookup: async () => [hidden] },
        ),
      ),
    );
    const [literal, named] = results.map(({ steps, message, hint }) => ({ steps, message, hint }));
    expect(named).toEqual(literal);
    expect(statuses(named?.steps ?? [])).toMatchObject({ Address: 'failed', DNS: 'skipped', TCP: 'skipped' });
    expect(JSON.stringify(named)).not.toContain('169.254');
  });
});

describe('while a test goes on', () => {
  it('each step is told when it ends, in order, and the next one is under way', async () => {
    const source = await createOrganization();
    const splunk = await startSplunk();
    const told: string[] = [];
    const connection = parseConnection({ hecUrl: splunk.url, hecToken: splunk.token, index: 'audit' });
    const onSteps = (steps: readonly { name: string; status: string }[]) => {
      told.push(steps.find(({ status }) => status === 'running')?.name ?? 'none');
    };
    const { steps } = await testConnection(source, connection, {}, { onSteps });
    expect(told).toEqual(['Address', 'TCP', 'TLS', 'HEC']);
    expect(steps.every(({ status }) => status === 'ok' || status === 'skipped')).toBe(true);
  });
});

describe('tests are limited', () => {
  it('to ten a minute for each organization, and to a hundred an hour; the eleventh reaches nobody and says when to try again', async () => {
    const [source, other] = [await createOrganization(), await createOrganization()];
    const splunk = await startSplunk();
    const connection = parseConnection({ hecUrl: splunk.url, hecToken: splunk.token, index: '' });
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, () => testConnection(source, connection)),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(2);
    expect(refused[0]).toBeInstanceOf(RefusedError);
    expect(refused[0].problems[0]).toMatchObject({
      field: 'form',
      hint: expect.stringContaining('Try again in'),
    });
    expect(splunk.journal()).toHaveLength(10);
    expect((await testConnection(other, connection)).ok).toBe(true);

    const key = `siem-test:3600:${other.organization.id}`;
    await db().$executeRaw`UPDATE rate_limit SET count = 100 WHERE key = ${key}`;
    await expect(testConnection(other, connection)).rejects.toThrow('More than 100 tests in an hour');
  });
});

describe('the stored token', () => {
  it('is used for changed settings at the same address, and only there', async () => {
    const source = await createOrganization();
    const [splunk, elsewhere] = [await startSplunk(), await startSplunk()];
    const { id } = await createIntegration(source, {
      hecUrl: splunk.url,
      hecToken: splunk.token,
      index: 'audit',
    });
    onTestFinished(() => expect(elsewhere.journal()).toEqual([]));
    const { connection, name } = await storedConnection(source.organization.id, id, { index: 'main' });
    expect([name, connection.index, connection.token]).toEqual(['Splunk', 'main', splunk.token]);
    await expect(storedConnection(source.organization.id, id, { hecUrl: elsewhere.url })).rejects.toThrow(
      RefusedError,
    );
    const stranger = await createOrganization();
    await expect(storedConnection(stranger.organization.id, id)).rejects.toThrow(NotFoundError);
  });
});
