import { describe, expect, it } from 'vitest';
import { parseTheme, parseTimeZone } from '@/lib/preferences';

describe('a preference that nobody set, or that was tampered with, is its default', () => {
  it.each([undefined, '', 'blue', '"><script>', 7])('theme %j is system', (value) => {
    expect(parseTheme(value)).toBe('system');
  });

  it.each([undefined, '', 'Nowhere', '+01:00', '\r\nSet-Cookie: a=b', 7])('time zone %j is UTC', (value) => {
    expect(parseTimeZone(value)).toBe('UTC');
  });

  it('and what was set is kept, a zone in its canonical spelling', () => {
    expect(parseTheme('dark')).toBe('dark');
    expect(parseTimeZone('america/new_york')).toBe('America/New_York');
  });
});
