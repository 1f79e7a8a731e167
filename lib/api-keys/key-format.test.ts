import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateKey, looksLikeKey, readKey, secretMatches } from '@/lib/api-keys/key-format';

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const character = fc.constantFrom(...alphanumeric);
const { text: sample } = generateKey();
const position = fc.integer({ min: 0, max: sample.length - 1 });

/** Keys are random, so each run of a property looks at another one. */
const key = fc.constant(null).map(() => generateKey());

describe('a key', () => {
  test('has a prefix to show, 256 bits of secret, and reads back as itself', () => {
    fc.assert(
      fc.property(key, ({ text, prefix, secretHash }) => {
        expect(text).toMatch(/^tk_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/);
        const reading = readKey(text);
        if (!reading.ok) throw new Error(reading.fault);
        expect(reading.prefix).toBe(prefix);
        expect(text.startsWith(`${prefix}_${reading.secret}`)).toBe(true);
        expect(secretHash).toHaveLength(32);
        expect(secretMatches(reading.secret, secretHash)).toBe(true);
      }),
    );
    expect(62n ** 43n > 2n ** 256n).toBe(true);
  });

  test('is never made twice, and no two share a secret', () => {
    const keys = Array.from({ length: 1_000 }, () => generateKey());
    expect(new Set(keys.map(({ prefix }) => prefix)).size).toBe(keys.length);
    expect(new Set(keys.map(({ secretHash }) => Buffer.from(secretHash).toString('hex'))).size).toBe(
      keys.length,
    );
  });

  test('that was cut is told from one that was mistyped, without asking the database', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 3, max: sample.length - 1 }), ({ text }, length) => {
        expect(readKey(text.slice(0, length))).toMatchObject({ ok: false, fault: 'truncated' });
      }),
    );
    fc.assert(
      fc.property(key, position, character, ({ text }, at, typed) => {
        const wrong = text.slice(0, at) + typed + text.slice(at + 1);
        fc.pre(wrong !== text && wrong.startsWith('tk_'));
        expect(readKey(wrong)).toMatchObject({ ok: false, fault: 'mistyped' });
      }),
    );
    fc.assert(
      fc.property(key, position, ({ text }, at) => {
        const swapped = text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
        fc.pre(swapped !== text && swapped.startsWith('tk_'));
        expect(readKey(swapped).ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(key, fc.string({ minLength: 1 }), ({ text }, more) => {
        expect(readKey(text + more)).toMatchObject({ ok: false, fault: 'mistyped' });
      }),
    );
  });

  test('is nothing else that somebody may send in its place', () => {
    for (const other of ['', 'tk', 'sk_live_51H', 'undefined', 'null', '********', sample.toUpperCase()])
      expect(readKey(other)).toEqual({ ok: false, fault: 'foreign' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        expect(readKey(text).ok).toBe(false);
        expect(readKey(`tk_${text}`).ok).toBe(false);
      }),
    );
  });

  test('tells its prefix as soon as it is there, and never more', () => {
    const { text, prefix } = generateKey();
    expect(readKey(text.slice(0, 8))).not.toHaveProperty('prefix');
    expect(readKey(text.slice(0, 13))).toMatchObject({ prefix });
    expect(readKey(text.slice(0, 40))).toEqual({ ok: false, fault: 'truncated', prefix });
    expect([text, text.slice(0, 30), `${prefix}_`].map(looksLikeKey)).toEqual([true, true, true]);
    expect([prefix, 'tk_', 'user.login', 'tk_under_score_in_a_name'].map(looksLikeKey)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a secret is compared', () => {
  test('whole: each other one is refused, of whatever length', () => {
    const { secretHash } = generateKey();
    fc.assert(
      fc.property(fc.string(), (guess) => {
        expect(secretMatches(guess, secretHash)).toBe(false);
      }),
    );
  });

  test('in the same time for one that differs at its beginning as for one that differs at its end', () => {
    const reading = readKey(sample);
    if (!reading.ok) throw new Error(reading.fault);
    const { secret } = reading;
    const { secretHash } = generateKey();
    const early = `${secret.startsWith('0') ? '1' : '0'}${secret.slice(1)}`;
    const late = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
    const medianOf = (guess: string) => {
      const times = Array.from({ length: 2_001 }, () => {
        const begin = process.hrtime.bigint();
        secretMatches(guess, secretHash);
        return Number(process.hrtime.bigint() - begin);
      });
      return times.toSorted((a, b) => a - b)[1_000] ?? 0;
    };
    // Taken in turn: a busy machine slows both alike.
    const rounds = Array.from({ length: 5 }, () => medianOf(early) / medianOf(late));
    const ratio = rounds.toSorted((a, b) => a - b)[2] ?? 0;
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});
