import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamPosition } from '@/lib/siem/delivery/attempt';
import type { Batch } from '@/lib/siem/delivery/batch';
import { decide } from '@/lib/siem/delivery/decide';
import { remainingSuspects, suspectLimit } from '@/lib/siem/delivery/isolate';
import type { Outcome } from '@/lib/siem/splunk/outcome';

const position: StreamPosition = {
  now: new Date('2026-11-23T12:00:00Z'),
  state: 'healthy',
  cursor: 100n,
  head: 10_000n,
  attempt: 0,
  maxEvents: 500,
  gzip: true,
  slow: false,
  problem: undefined,
  parkedInRow: 0,
};

function batchOf(count: number): Batch {
  const events = Array.from({ length: count }, (_, at) => ({
    seq: 101n + BigInt(at),
    end: (at + 1) * 700,
    occurredMs: position.now.getTime(),
  }));
  return { events, body: Buffer.alloc(count * 700) };
}

const transient: Outcome = {
  cause: { id: 'busy', httpStatus: 503 },
  kind: 'transient',
  renewConnection: true,
  ambiguous: false,
  halveBatch: false,
  renewChannel: false,
  immediately: false,
};

/** A batch never holds more than the stream's limit. */
const positions = (count: number): fc.Arbitrary<StreamPosition> =>
  fc.record({
    now: fc.constant(position.now),
    state: fc.constantFrom('healthy', 'degraded', 'blocked'),
    cursor: fc.constant(100n),
    head: fc.constant(10_000n),
    attempt: fc.nat(1_000),
    maxEvents: fc.integer({ min: count, max: 500 }),
    gzip: fc.boolean(),
    slow: fc.boolean(),
    problem: fc.option(fc.constant({ id: 'busy', since: new Date('2026-11-23T11:00:00Z') }), {
      nil: undefined,
    }),
    parkedInRow: fc.nat(20),
  });

const outcomes = (count: number): fc.Arbitrary<Outcome> => {
  const cause = fc.constant({ id: 'busy' as const, httpStatus: 503 });
  const before = fc.nat(count - 1);
  return fc.oneof(
    fc.record({ cause, kind: fc.constant('delivered' as const), slowDown: fc.boolean() }),
    fc.record({
      cause,
      kind: fc.constant('transient' as const),
      renewConnection: fc.boolean(),
      ambiguous: fc.boolean(),
      halveBatch: fc.boolean(),
      renewChannel: fc.boolean(),
      immediately: fc.boolean(),
    }),
    before.chain((at) =>
      cause.map((why) => ({ cause: why, kind: 'event' as const, accepted: at, position: at })),
    ),
    fc.record({ cause, kind: fc.constant('bisect' as const), patience: fc.nat(2) }),
    fc.record({ cause, kind: fc.constant('size' as const) }),
    fc.record({
      cause,
      kind: fc.constant('config' as const),
      accepted: before,
      graceMs: fc.nat(1_000_000),
      disableGzip: fc.boolean(),
    }),
  );
};

describe('the cursor', () => {
  it('passes exactly the events that Splunk accepted and the one that is parked, whatever the answer', () => {
    const cases = fc
      .integer({ min: 1, max: 500 })
      .chain((count) => fc.tuple(fc.constant(batchOf(count)), outcomes(count), positions(count)));
    fc.assert(
      fc.property(cases, ([batch, outcome, from]) => {
        const { settlement } = decide(outcome, batch, from, { random: () => 0.5 });
        const passed = settlement.cursor - from.cursor;
        expect(passed).toBe(BigInt((settlement.accepted?.events ?? 0) + (settlement.parked ? 1 : 0)));
        if (settlement.accepted) expect(settlement.accepted.firstSeq).toBe(from.cursor + 1n);
        if (settlement.parked) expect(settlement.parked.seq).toBe(settlement.cursor);
        if (outcome.kind === 'transient') expect(passed).toBe(0n);
        // Standing still without a wait would ask Splunk in a hot loop, unless the next request is another one.
        const atOnce = outcome.kind === 'bisect' || outcome.kind === 'transient';
        if (passed === 0n && settlement.delayMs === 0 && !atOnce) {
          expect(settlement.maxEvents < from.maxEvents || settlement.gzip !== from.gzip).toBe(true);
        }
        expect(settlement.maxEvents).toBeGreaterThanOrEqual(1);
        expect(settlement.maxEvents).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('a failure', () => {
  it('waits by full jitter, and longer the more there were', () => {
    const wait = (attempt: number) =>
      decide(transient, batchOf(1), { ...position, attempt }, { random: () => 1 }).settlement.delayMs;
    expect([0, 1, 2, 3, 9, 1_000].map(wait)).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000]);
    expect(decide(transient, batchOf(1), position, { random: () => 0 }).settlement.delayMs).toBe(0);
  });

  it('of a connection is retried at once the first time only, and is no state of the stream until then', () => {
    const lost: Outcome = { ...transient, immediately: true };
    const first = decide(lost, batchOf(1), position, { random: () => 1 }).settlement;
    expect(first).toMatchObject({ delayMs: 0, state: 'healthy', attempt: 1 });
    const second = decide(lost, batchOf(1), { ...position, attempt: 1 }, { random: () => 1 }).settlement;
    expect(second).toMatchObject({ delayMs: 2_000, state: 'degraded', attempt: 2 });
  });

  it("while the stream is blocked does not unblock it: only Splunk's acceptance or refusal of an event does", () => {
    const blocked = { ...position, state: 'blocked' as const, attempt: 3 };
    const probe = decide(transient, batchOf(1), blocked, { random: () => 1 }).settlement;
    expect(probe).toMatchObject({ state: 'blocked', attempt: 4, delayMs: 8_000 });
    const accepted: Outcome = { cause: { id: 'ok' }, kind: 'delivered', slowDown: false };
    expect(decide(accepted, batchOf(1), blocked).settlement.state).toBe('healthy');
  });

  it('that nobody explains is tried twice more as a whole, then the batch is taken apart to its end', () => {
    const odd: Outcome = { cause: { id: 'request_refused', httpStatus: 400 }, kind: 'bisect', patience: 2 };
    const at = (attempt: number) => decide(odd, batchOf(4), { ...position, attempt }, { random: () => 1 });
    expect(at(0)).toMatchObject({ settlement: { attempt: 1, delayMs: 1_000, state: 'degraded' } });
    expect(at(1)).toMatchObject({ settlement: { attempt: 2, delayMs: 2_000 } });
    expect(at(1).suspects).toBeUndefined();
    expect(at(2)).toMatchObject({ settlement: { attempt: 2, delayMs: 0 }, suspects: { until: 104n } });
    const searching = decide(odd, batchOf(2), position, { searching: true });
    expect(searching).toMatchObject({ settlement: { delayMs: 0 }, suspects: { until: 102n } });
  });

  it('of the configuration is counted from the first time this cause appeared', () => {
    const unknown: Outcome = {
      cause: { id: 'token_unknown' },
      kind: 'config',
      accepted: 0,
      graceMs: 600_000,
    };
    const since = (id: string, minutesAgo: number) => ({
      ...position,
      problem: { id, since: new Date(position.now.getTime() - minutesAgo * 60_000) },
    });
    expect(decide(unknown, batchOf(1), since('token_unknown', 9)).settlement.state).toBe('degraded');
    expect(decide(unknown, batchOf(1), since('token_unknown', 10)).settlement.state).toBe('blocked');
    expect(decide(unknown, batchOf(1), since('busy', 60)).settlement.state).toBe('degraded');
  });

  it('of the index keeps what was accepted before the refusal', () => {
    const index: Outcome = {
      cause: { id: 'index_not_allowed', httpStatus: 400 },
      kind: 'config',
      accepted: 3,
      graceMs: 0,
    };
    const { settlement } = decide(index, batchOf(10), position);
    expect(settlement).toMatchObject({ cursor: 103n, state: 'blocked', failing: true, delayMs: 300_000 });
    expect(settlement.accepted).toMatchObject({ firstSeq: 101n, lastSeq: 103n, events: 3, bytes: 2_100 });
  });
});

describe('the size of a batch', () => {
  it('is halved by a refusal and grows back to 500 by full batches alone', () => {
    const size: Outcome = { cause: { id: 'too_large' }, kind: 'size' };
    const delivered: Outcome = { cause: { id: 'ok', httpStatus: 200 }, kind: 'delivered', slowDown: false };
    expect(decide(size, batchOf(301), position).settlement.maxEvents).toBe(150);
    let maxEvents = 1;
    let batches = 0;
    for (; maxEvents < 500; batches++) {
      const at = { ...position, maxEvents };
      expect(decide(delivered, batchOf(1), { ...at, maxEvents: 2 }).settlement.maxEvents).toBe(2);
      maxEvents = decide(delivered, batchOf(maxEvents), at).settlement.maxEvents;
    }
    expect(batches).toBeLessThan(60);
  });
});

describe('isolation', () => {
  it('finds any one refused event of a batch by halving', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(499), (size, offset) => {
        const bad = BigInt(1 + (offset % size));
        let cursor = 0n;
        let suspects = remainingSuspects({ until: BigInt(size) }, cursor);
        let refusals = 1;
        while (suspects) {
          const limit = BigInt(suspectLimit(suspects, cursor));
          const end = cursor + limit;
          if (bad > end || bad <= cursor) cursor = end;
          else if (limit > 1n) suspects = { until: end };
          else break;
          refusals++;
          suspects = remainingSuspects(suspects, cursor);
        }
        expect(cursor + 1n).toBe(bad);
        expect(refusals).toBeLessThanOrEqual(10);
      }),
    );
  });
});
