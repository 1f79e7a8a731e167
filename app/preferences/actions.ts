'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { defineFormAction } from '@/lib/action/define-action';
import { cookieOptions } from '@/lib/auth/cookies';
import { formatLogView, logColumns, logViewCookie } from '@/lib/log-view';
import {
  parseTheme,
  parseTimeZone,
  preferenceMaxAgeSeconds,
  themeCookie,
  timeZoneCookie,
} from '@/lib/preferences';

async function remember(cookie: string, value: string): Promise<void> {
  (await cookies()).set(cookie, value, { ...cookieOptions(), maxAge: preferenceMaxAgeSeconds });
}

export const setThemeAction = defineFormAction({
  name: 'set theme',
  permission: 'account.manage',
  schema: z.strictObject({ theme: z.string() }),
  async handler({ theme }, { request }) {
    await remember(themeCookie, parseTheme(theme));
    redirect(request.path);
  },
});

export const setTimeZoneAction = defineFormAction({
  name: 'set time zone',
  permission: 'account.manage',
  schema: z.strictObject({ timeZone: z.string() }),
  async handler({ timeZone }, { request }) {
    await remember(timeZoneCookie, parseTimeZone(timeZone));
    redirect(request.path);
  },
});

const ticked = z.literal('on').optional();

export const setLogViewAction = defineFormAction({
  name: 'set the view of the audit log',
  permission: 'audit_log.read',
  // A box that is not ticked is not sent.
  schema: z.strictObject({
    rows: z.enum(['normal', 'compact']),
    slash: ticked,
    ...Object.fromEntries(logColumns.map((column) => [`column-${column}`, ticked])),
  }),
  async handler({ rows, slash, ...boxes }, { request }) {
    const columns = logColumns.filter((column) => Object.hasOwn(boxes, `column-${column}`));
    await remember(
      logViewCookie,
      formatLogView({ columns, compact: rows === 'compact', slash: slash !== undefined }),
    );
    redirect(request.path);
  },
});
