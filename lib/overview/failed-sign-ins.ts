import { db } from '@/lib/db/client';

export type FailedSignIns = {
  /** In the last 24 hours and in the 24 before them, each counted up to {@link countLimit}. */
  lastDay: number;
  dayBefore: number;
};

/** Whoever hammers at the door must not make the page slow that tells of it. */
export const countLimit = 10_000;

/** How many sign-ins failed, to be compared with the day before. */
export async function countFailedSignIns(organizationId: string, now = new Date()): Promise<FailedSignIns> {
  const within = (fromHours: number, toHours: number) => db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM audit_event
       WHERE organization_id = ${organizationId}::uuid AND action = 'user.login_failed'
         AND occurred_at >= ${now}::timestamptz - make_interval(hours => ${fromHours}::int)
         AND occurred_at < ${now}::timestamptz - make_interval(hours => ${toHours}::int)
       LIMIT ${countLimit}) AS counted`;
  const [[lastDay], [dayBefore]] = await Promise.all([within(24, 0), within(48, 24)]);
  return { lastDay: lastDay?.count ?? 0, dayBefore: dayBefore?.count ?? 0 };
}
