import { describe, expect, it } from 'vitest';
import type { Connection } from '@/lib/siem/integrations/connection';
import { testConnection } from '@/lib/siem/integrations/test-connection';
import { answerRows } from '@/lib/siem/testing/answer-rows';
import { networkRows } from '@/lib/siem/testing/network-rows';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const rows = [...networkRows, ...answerRows];

it('no row of hec.md §4.2 is left out', () => {
  const covered = new Set(rows.map(({ row }) => row));
  expect([...covered].sort((a, b) => a - b)).toEqual(Array.from({ length: 35 }, (_, at) => at + 1));
});

describe('hec.md §4.2, met on a real connection: cause, cure, field and the step that failed', () => {
  it.each(rows)('row $row: $message', async ({ stage, message, cure, field, failed }) => {
    const source = await createOrganization();
    const { url, token = 'a-token-of-a-test', index, trust = { kind: 'system' }, ...options } = await stage();
    const eventUrl = `${url}/services/collector/event`;
    const connection: Connection = { eventUrl, token, index, trust, warnings: [] };
    const result = await testConnection(source, connection, {}, options);
    expect(result).toMatchObject({
      ok: field === undefined,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(cure),
    });
    expect(result.field).toBe(field);
    expect(result.steps.find(({ status }) => status === 'failed')?.name).toBe(failed);
    expect(JSON.stringify(result)).not.toContain(token);
  });
});
