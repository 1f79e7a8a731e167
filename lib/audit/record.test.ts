import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json';
import { columnsOf, recordSchema } from './columns';
import type { AuditSource } from './event';
import { truncationMark } from './neutralize';
import { buildRecord, maxRecordBytes, type PendingEvent } from './record';
import { uuidV7 } from './uuid-v7';

const time = new Date('2026-11-23T13:02:11.402Z');
const id = uuidV7(time);

const source: AuditSource = {
  organization: { id: '0193c5a2-7f1e-7c4b-8000-000000000001', slug: 'acme', name: 'Acme' },
  actor: { type: 'user', id: 'u1', name: 'Alice Fox', email: 'alice@acme.example', role: 'admin' },
  context: {
    ip: '203.0.113.24',
    user_agent: 'Firefox',
    request_id: 'r1',
    session_id: 's1',
    origin: 'console',
  },
};

const event = (change: Partial<PendingEvent> = {}): PendingEvent => ({
  ...source,
  action: 'user.login',
  targets: [{ type: 'user', id: 'u1', name: 'Alice Fox' }],
  metadata: { method: 'email' },
  ...change,
});

describe('a record', () => {
  test('has exactly the members of the design, in canonical order, and no nulls', () => {
    expect(buildRecord(event(), id, time)).toBe(
      `{"action":"user.login","actor":{"email":"alice@acme.example","id":"u1","name":"Alice Fox","role":"admin","type":"user"},` +
        `"changes":[],"context":{"ip":"203.0.113.24","origin":"console","request_id":"r1","session_id":"s1","user_agent":"Firefox"},` +
        `"id":"${id}","metadata":{"method":"email"},` +
        `"organization":{"id":"0193c5a2-7f1e-7c4b-8000-000000000001","name":"Acme","slug":"acme"},"outcome":"success",` +
        `"targets":[{"id":"u1","name":"Alice Fox","type":"user"}],"time":"2026-11-23T13:02:11.402Z","version":1}`,
    );
  });

  test('is canonical, readable and at most 64 KiB whatever the content', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '‮gpj.exe',
        '<script>',
        '__proto__',
        '😀'.repeat(9_000),
        '"'.repeat(70_000),
      ),
    );
    fc.assert(
      fc.property(
        hostile,
        fc.dictionary(hostile, fc.anything({ maxDepth: 12 })),
        hostile,
        (text, metadata, agent) => {
          const record = buildRecord(
            event({
              actor: { type: 'user', name: text, email: text },
              targets: Array.from({ length: 30 }, () => ({ type: 'user' as const, name: text })),
              context: { origin: 'console', user_agent: agent, ip: text },
              changes: Array.from({ length: 120 }, () => ({ field: text, from: text, to: text })),
              metadata,
            }),
            id,
            time,
          );
          expect(Buffer.byteLength(record)).toBeLessThanOrEqual(maxRecordBytes);
          expect(record.isWellFormed()).toBe(true);
          expect(record).not.toContain('\\u0000');
          expect(record).not.toContain(':null');
          expect(recordSchema.parse(JSON.parse(record)).action).toBe('user.login');
          expect(canonicalJson(JSON.parse(record))).toBe(record);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is at most 64 KiB when its names alone, at six bytes a character, would be longer', () => {
    const name = '\u0001'.repeat(300);
    const actor = { type: 'user', id: name, name, email: name, role: name } as const;
    const targets = Array.from({ length: 20 }, () => ({ type: 'user' as const, id: name, name }));
    const organization = { id: source.organization.id, slug: name, name };
    const context = {
      origin: 'console',
      user_agent: name + name,
      request_id: name,
      session_id: name,
    } as const;
    const record = buildRecord(event({ organization, actor, targets, context }), id, time);
    expect(Buffer.byteLength(record)).toBeLessThanOrEqual(maxRecordBytes);
    expect(recordSchema.parse(JSON.parse(record)).targets).toHaveLength(5);
  });

  test('marks what was cut', () => {
    const record = buildRecord(event({ metadata: { note: 'x'.repeat(100_000) } }), id, time);
    expect(record).toContain(truncationMark);
  });

  test('keeps an address only if it is one, in one spelling', () => {
    const ip = (text: string) =>
      columnsOf(
        recordSchema.parse(
          JSON.parse(buildRecord(event({ context: { origin: 'console', ip: text } }), id, time)),
        ),
      ).ip;
    expect(ip('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(ip('2001:DB8:0:0::1')).toBe('2001:db8::1');
    expect(ip('fe80::1%eth0')).toBe('fe80::1');
    expect(ip('203.0.113.9; DROP TABLE')).toBeNull();
  });
});

test('uuid v7 carries its time and sorts by it', () => {
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(time.getTime());
  expect(uuidV7(new Date(time.getTime() + 1)) > id).toBe(true);
});
