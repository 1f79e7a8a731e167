/** How the form lets people say a schedule without knowing cron. In a file of its own: the browser needs no more of the picker. */
export const repeatKinds = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'advanced'] as const;
export type RepeatKind = (typeof repeatKinds)[number];
