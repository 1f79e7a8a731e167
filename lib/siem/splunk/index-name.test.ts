import { describe, expect, it } from 'vitest';
import { parseIndex } from '@/lib/siem/splunk/index-name';

describe('an index name follows the rules of indexes.conf', () => {
  it.each(['main', 'audit_2026', '0day', 'a-b', 'x'.repeat(255)])('takes %s', (typed) => {
    expect(parseIndex(typed)).toEqual({ ok: true, index: typed });
  });

  it.each(['', '  ', '\u200b', '""'])('%j means the default index of the token', (typed) => {
    expect(parseIndex(typed)).toEqual({ ok: true, index: undefined });
  });

  it('strips what a paste brings along', () => {
    expect(parseIndex(' "main"\n')).toEqual({ ok: true, index: 'main' });
  });

  it.each([
    ['Main', 'Index must be in lower case'],
    ['_internal', 'Index must start with a letter or a digit'],
    ['-main', 'Index must start with a letter or a digit'],
    ['../x', 'Index may have only lower-case letters, digits, _ and -'],
    ['main audit', 'Index may have only lower-case letters, digits, _ and -'],
    ['main\u0000', 'Index may have only lower-case letters, digits, _ and -'],
    ['📈', 'Index may have only lower-case letters, digits, _ and -'],
    ['mykvstore', 'Index may not contain "kvstore"'],
    ['x'.repeat(256), 'Index is longer than 255 characters'],
    ['x'.repeat(10_000_000), 'Index is longer than 255 characters'],
  ])('refuses %j', (typed, message) => {
    expect(parseIndex(typed)).toMatchObject({ ok: false, message, hint: expect.stringMatching(/./) });
  });
});
