import 'server-only';
import { cookies } from 'next/headers';
import { type LogView, logViewCookie, parseLogView } from '@/lib/log-view';
import { parseTheme, parseTimeZone, type Theme, themeCookie, timeZoneCookie } from '@/lib/preferences';

/** The theme that this browser chose; `system` until it has. */
export async function theme(): Promise<Theme> {
  return parseTheme((await cookies()).get(themeCookie)?.value);
}

/** The IANA zone in which this browser wants its times; UTC until it has chosen. */
export async function timeZone(): Promise<string> {
  return parseTimeZone((await cookies()).get(timeZoneCookie)?.value);
}

/** How this browser shows the rows of the audit log. */
export async function logView(): Promise<LogView> {
  return parseLogView((await cookies()).get(logViewCookie)?.value);
}
