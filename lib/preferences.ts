import { z } from 'zod';
import { canonicalTimeZone } from '@/lib/format-time';

/**
 * What a browser remembers for its user: theme and time zone. Both are cookies, because the server renders with
 * them: the first paint is right and no script has to run before it.
 */
export const themeCookie = 'theme';
export const timeZoneCookie = 'tz';

/** Seconds. One year; browsers cut cookies off at 400 days. */
export const preferenceMaxAgeSeconds = 365 * 24 * 60 * 60;

const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

/** Reads the cookie or the form field `theme`; anything unknown is `system`. */
export function parseTheme(value: unknown): Theme {
  return themeSchema.catch('system').parse(value);
}

/** Reads the cookie or the form field `timeZone`: a canonical IANA name; anything unknown is `UTC`. */
export function parseTimeZone(value: unknown): string {
  return (typeof value === 'string' && canonicalTimeZone(value)) || 'UTC';
}
