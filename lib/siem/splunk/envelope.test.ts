import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '@/lib/audit/canonical-json';
import { type EventOrigin, encodeEvent, type StoredEvent } from '@/lib/siem/splunk/envelope';

const origin: EventOrigin = {
  host: 'audit.example.com',
  source: 'tracekeep:acme',
  org: 'acme',
  index: 'main',
};
const event: StoredEvent = {
  seq: 42n,
  hash: '00ff'.repeat(16),
  record: '{"action":"user.login","id":"018f"}',
  id: '018f',
  occurredMs: Date.parse('2026-11-23T12:00:00.213Z'),
  action: 'user.login',
};

const records = fc
  .dictionary(fc.string({ minLength: 1, unit: 'binary' }), fc.jsonValue() as fc.Arbitrary<Json>, {
    minKeys: 1,
  })
  .filter((record) => !('seq' in record || 'hash' in record || '__proto__' in record));
const events = fc.record({
  seq: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  record: records.map((record) => canonicalJson(record)),
  id: fc.uuid(),
  occurredMs: fc.integer({ min: -1_000_000, max: Date.parse('9999-12-31') }),
  action: fc.string(),
});
const origins = fc.record(
  { host: fc.string(), source: fc.string({ unit: 'binary' }), org: fc.string(), index: fc.string() },
  { requiredKeys: ['host', 'source', 'org'] },
);

describe('the envelope', () => {
  it('is exactly this', () => {
    expect(encodeEvent(event, origin).toString()).toBe(
      '{"time":"1795435200.213","host":"audit.example.com","source":"tracekeep:acme","sourcetype":"tracekeep:audit",' +
        '"index":"main","event":{"seq":42,"hash":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",' +
        '"action":"user.login","id":"018f"},"fields":{"event_id":"018f","action":"user.login","org":"acme"}}',
    );
  });

  it('leaves the index out when the token decides', () => {
    const parsed = JSON.parse(encodeEvent(event, { ...origin, index: undefined }).toString());
    expect(parsed).not.toHaveProperty('index');
  });

  it('has three decimals for a round second', () => {
    const round = { ...event, occurredMs: 1_800_000_000_000 };
    expect(encodeEvent(round, origin).toString()).toContain('"time":"1800000000.000"');
  });

  it('carries a number beyond 2^53 exactly', () => {
    expect(encodeEvent({ ...event, seq: 9_007_199_254_740_993n }, origin).toString()).toContain(
      '"seq":9007199254740993,',
    );
  });

  it.each(['', '{}', '[]', 'null', '{"a":1', '{"a":1}\n{"b":2}'])(
    'refuses the damaged record %j',
    (record) => {
      expect(() => encodeEvent({ ...event, record }, origin)).toThrow(RangeError);
    },
  );

  it('refuses a time that is none', () => {
    expect(() => encodeEvent({ ...event, occurredMs: Number.NaN }, origin)).toThrow(RangeError);
  });
});

describe('for any event', () => {
  it('is one JSON object with the closed set of keys, whose time is the exact instant', () => {
    fc.assert(
      fc.property(events, origins, (stored, from) => {
        const parsed = JSON.parse(encodeEvent(stored, from).toString());
        const keys = ['time', 'host', 'source', 'sourcetype', 'index', 'event', 'fields'];
        expect(Object.keys(parsed)).toEqual(
          keys.filter((key) => key !== 'index' || from.index !== undefined),
        );
        const { org, ...place } = from;
        expect(parsed).toMatchObject({
          ...place,
          fields: { event_id: stored.id, action: stored.action, org },
        });
        expect(parsed.time).toMatch(/^-?\d+\.\d{3}$/);
        expect(Math.round(Number(parsed.time) * 1_000)).toBe(stored.occurredMs);
        expect(Object.keys(parsed.fields)).toEqual(['event_id', 'action', 'org']);
      }),
    );
  });

  it('contains the stored bytes of the record, behind seq and hash', () => {
    fc.assert(
      fc.property(events, origins, (stored, from) => {
        const text = encodeEvent(stored, from).toString();
        expect(text).toContain(
          `"event":{"seq":${stored.seq},"hash":"${stored.hash}",${stored.record.slice(1)},"fields":`,
        );
        const { seq, hash: sent, ...record } = JSON.parse(text).event;
        expect(record).toEqual(JSON.parse(stored.record));
      }),
    );
  });

  it('has no newline and comes out the same every time', () => {
    fc.assert(
      fc.property(events, origins, (stored, from) => {
        const bytes = encodeEvent(stored, from);
        expect(bytes.includes(0x0a) || bytes.includes(0x0d)).toBe(false);
        expect(bytes.equals(encodeEvent(structuredClone(stored), { ...from }))).toBe(true);
      }),
    );
  });
});
