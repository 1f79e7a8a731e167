import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hecAnswerOf } from '@/lib/siem/splunk/hec-answer';
import { classify } from '@/lib/siem/splunk/outcome';
import { batch, bisect, config, event, judged, minute, size } from '@/lib/siem/splunk/testing/judged';
import { certificateOf, failure, hecReply, htmlReply, plainReply } from '@/lib/siem/splunk/testing/replies';

describe('a partly accepted batch (hec.md §2.2)', () => {
  it.each([
    ['missing', undefined],
    ['negative', -1],
    ['beyond the batch', 3],
    ['absurd', 1e15],
    ['not whole', 1.5],
    ['text', '1'],
    ['null', null],
  ])('an event number that is %s is not believed: the offender is searched for', (_what, n) => {
    expect(judged(hecReply(400, 6, { n }))).toEqual(['event_refused', bisect]);
  });

  it.each([6, 12, 13, 15, 5])('code %i of an event that stands alone parks it', (code) => {
    expect(judged(hecReply(400, code), { events: 1, bytes: 500 })[1]).toEqual(event(0));
  });

  it('code 6 of the first event of more than 5 MB is a matter of size', () => {
    expect(judged(hecReply(400, 6, { n: 0 }), { events: 2, bytes: 5_242_881 })).toEqual(['too_large', size]);
  });

  it.each([
    [1, 0],
    [3, 2],
    [0, 0],
    [4, 0],
    [undefined, 0],
  ])('code 7 with number %s says that %i events are in', (n, accepted) => {
    expect(judged(hecReply(400, 7, { n }))[1]).toEqual(config(0, accepted));
  });

  it('an unexplained 400 never parks an event, not even one that stands alone', () => {
    expect(judged(htmlReply(400), { events: 1, bytes: 500 })[1]).toEqual(config(minute));
  });

  it('gzip is not blamed for a body too small to be compressed', () => {
    expect(judged(htmlReply(415), { events: 1, bytes: 1_024 })[1]).toEqual(config());
  });
});

describe('the cause that is kept', () => {
  it('has the HTTP status, the code and the words of HEC', () => {
    expect(classify(hecReply(403, 4), batch).cause).toEqual({
      id: 'token_unknown',
      httpStatus: 403,
      hecCode: 4,
      hecText: 'Text of 4',
    });
  });

  it('holds at most 200 printable characters of what HEC said', () => {
    const reply = plainReply(
      403,
      JSON.stringify({ code: 4, text: `\u001b[2J<b>\n${'é'.repeat(10)}${'x'.repeat(500)}` }),
    );
    const { hecText } = classify(reply, batch).cause;
    expect(hecText).toMatch(/^[\x20-\x7e]{200}$/);
  });

  it('holds nothing of an answer that is not HEC', () => {
    const page = { ...plainReply(403, 'secret of a neighbour'), server: 'neighbour/1.0' };
    expect(classify(page, batch).cause).toEqual({ id: 'blocked_by_proxy', httpStatus: 403 });
  });

  it('names a well-known product in front of Splunk, without its version', () => {
    expect(classify(htmlReply(200, 'nginx/1.25.3 (Ubuntu)'), batch).cause.detail).toBe('nginx');
  });

  it('names only the host of a redirect', () => {
    const reply = { ...plainReply(302), location: 'https://user:pw@login.acme.com/en-US?token=1' };
    expect(classify(reply, batch).cause.detail).toBe('login.acme.com');
    expect(classify({ ...plainReply(302), location: '/en-US/' }, batch).cause.detail).toBeUndefined();
  });

  it('has the day an expired certificate ended and the names a wrong one is for', () => {
    const expired = failure('CERT_HAS_EXPIRED', { certificate: certificateOf({}) });
    expect(classify(expired, batch).cause.detail).toBe('2021-02-03');
    const wrong = failure('ERR_TLS_CERT_ALTNAME_INVALID', {
      certificate: certificateOf({ names: ['a', 'b'] }),
    });
    expect(classify(wrong, batch).cause.detail).toBe('a, b');
  });
});

it('delivers only on a complete 2xx that says so, whatever is answered', () => {
  const replies = fc.record({
    kind: fc.constant('response' as const),
    status: fc.integer({ min: 200, max: 599 }),
    body: fc.oneof(
      fc.string(),
      fc.json(),
      fc.integer({ min: 0, max: 30 }).map((code) => `{"code":${code}}`),
    ),
    bodyTruncated: fc.constantFrom(false as const, 'cut' as const, 'capped' as const),
    latencyMs: fc.nat(),
  });
  fc.assert(
    fc.property(replies, fc.integer({ min: 1, max: 500 }), (reply, events) => {
      const outcome = classify(reply, { events, bytes: 1 });
      if (outcome.kind === 'delivered') {
        expect(reply.status).toBeLessThan(300);
        expect(reply.bodyTruncated).toBe(false);
        const says = /^$|^"?ok"?$|"code"\s*:\s*(0|24|25)\b/i.test(reply.body.trim());
        // Another 2xx than 200 is another product's, which may say it in JSON of its own.
        if (!says) {
          expect(reply.status).not.toBe(200);
          expect(hecAnswerOf(reply.body)).toBeUndefined();
          expect(() => JSON.parse(reply.body)).not.toThrow();
        }
      }
      if (outcome.kind === 'event') expect(outcome.position).toBeLessThan(events);
      if (outcome.kind === 'bisect') expect(events).toBeGreaterThan(1);
      if (outcome.kind === 'config') expect(outcome.accepted).toBeLessThan(events);
    }),
    { numRuns: 1_000 },
  );
});
