import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHecToken } from '@/lib/siem/splunk/token';

const guid = '12345678-1234-1234-1234-123456789012';

describe('a pasted token becomes the bare token', () => {
  it.each([
    ['as it is', guid, 0],
    ['with white space around', ` ${guid}\r\n`, 0],
    ['in quotes', `"${guid}"`, 0],
    ['with the scheme', `Splunk ${guid}`, 1],
    ['with the header', `Authorization: Splunk ${guid}`, 1],
    ['with the header in lower case', `authorization:splunk  ${guid}`, 1],
  ])('%s', (_what, typed, warnings) => {
    const parsed = parseHecToken(typed);
    expect(parsed).toMatchObject({ ok: true, token: guid });
    expect(parsed.ok && parsed.warnings).toHaveLength(warnings);
  });

  it('takes the token of another receiver with a warning', () => {
    const parsed = parseHecToken('cribl_9f8e7d');
    expect(parsed).toMatchObject({ ok: true, token: 'cribl_9f8e7d' });
    expect(parsed.ok && parsed.warnings).toHaveLength(1);
  });
});

describe('what cannot be a token is refused with its reason', () => {
  it.each([
    ['', 'Enter the HEC token'],
    ['  ', 'Enter the HEC token'],
    ['Splunk ', 'Enter the HEC token'],
    ['Authorization: Splunk', 'Enter the HEC token'],
    [`${guid}\n${guid}`, 'HEC Token contains a line break'],
    [`${guid}\r\nX-Evil: 1`, 'HEC Token contains a line break'],
    ['abc def', 'HEC Token contains a space'],
    [`Bearer ${guid}`, 'HEC Token contains a space'],
    ['abc\u0000def', 'HEC Token contains a character that no token has'],
    ['tökén', 'HEC Token contains a character that no token has'],
    ['undefined', '"undefined" is not a token'],
    ['null', '"null" is not a token'],
    ['••••••••-••••-••••-••••-••••••••••••', 'HEC Token is a hidden value, not the token itself'],
    ['••••c0d1', 'HEC Token is a hidden value, not the token itself'],
    ['********', 'HEC Token is a hidden value, not the token itself'],
    ['********c0d1', 'HEC Token is a hidden value, not the token itself'],
    ['x'.repeat(4_097), 'HEC Token is longer than 4,096 characters'],
    ['x'.repeat(10_000_000), 'HEC Token is longer than 4,096 characters'],
  ])('%j', (typed, message) => {
    expect(parseHecToken(typed)).toMatchObject({ ok: false, message, hint: expect.stringMatching(/./) });
  });
});

it('an accepted token can stand in an HTTP header, whatever was typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (typed) => {
      const parsed = parseHecToken(typed);
      if (parsed.ok) expect(parsed.token).toMatch(/^[\x21-\x7e]{1,4096}$/);
    }),
  );
});

it('no message repeats a refused secret', () => {
  const secret = `${guid} ${guid}`;
  expect(JSON.stringify(parseHecToken(secret))).not.toContain(guid);
});
