import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';

/** A stream that fails and is tried again is no news until it has done so for an hour. */
const degradedFor = Prisma.sql`interval '1 hour'`;
const remindAfter = Prisma.sql`interval '24 hours'`;
/** One that is blocked again before is the same outage: nobody is mailed each time that it comes and goes. */
const wellFor = Prisma.sql`interval '5 minutes'`;

/**
 * Writes the mails that the admins of an organization have to get: when a stream is blocked, when it was degraded for an
 * hour, when it is blocked by something else, daily while it lasts, and once when it is well again. Each of these is one
 * statement that claims the outage's row, so of any number of processes one writes them, and a crash loses none. Mails that
 * were not sent yet are replaced by newer ones. A paused stream is nobody's news: an admin did that. Needs a mail server.
 */
export async function raiseAlerts(): Promise<void> {
  await tellTrouble();
  await tellRecovery();
}

async function tellTrouble(): Promise<void> {
  await db().$executeRaw`
    WITH due AS (
      SELECT s.integration_id, s.organization_id, s.state, s.state_since, s.last_error, h.seq - s.cursor AS waiting,
             coalesce(s.last_error->>'id', '') AS cause, a.state = s.state AND a.told_at <= clock_timestamp() - ${remindAfter}
               AND coalesce(s.last_error->>'id', '') = ANY(a.causes) AS again
        FROM siem_stream s
        JOIN audit_head h ON h.organization_id = s.organization_id
        LEFT JOIN siem_alert a ON a.integration_id = s.integration_id
       WHERE (s.state = 'blocked' OR (s.state = 'degraded' AND s.state_since <= clock_timestamp() - ${degradedFor}))
         AND (a.integration_id IS NULL OR ${isNews(Prisma.sql`s.state`, Prisma.sql`coalesce(s.last_error->>'id', '')`)})
    ), told AS (
      INSERT INTO siem_alert AS a (integration_id, state, since, told_at, causes)
      SELECT integration_id, state, state_since, clock_timestamp(), ARRAY[cause] FROM due
      ON CONFLICT (integration_id) DO UPDATE
         SET told_at = excluded.told_at,
             state = CASE WHEN a.state = 'blocked' THEN a.state ELSE excluded.state END,
             causes = CASE WHEN excluded.causes[1] = ANY(a.causes) THEN a.causes ELSE a.causes || excluded.causes END
       WHERE ${isNews(Prisma.sql`excluded.state`, Prisma.sql`excluded.causes[1]`)}
      RETURNING a.integration_id
    ), replaced AS (
      DELETE FROM siem_alert_mail m USING told WHERE m.integration_id = told.integration_id
    )
    INSERT INTO siem_alert_mail (id, integration_id, user_id, facts)
    SELECT gen_random_uuid(), d.integration_id, u.id,
           jsonb_build_object('kind', CASE WHEN d.again THEN 'reminder' ELSE d.state::text END, 'state', d.state,
                              'since', d.state_since, 'until', NULL, 'waiting', d.waiting::text, 'problem', d.last_error)
      FROM told JOIN due d USING (integration_id) JOIN app_user u ON ${isAdmin}`;
}

async function tellRecovery(): Promise<void> {
  await db().$executeRaw`
    WITH over AS (
      DELETE FROM siem_alert a USING siem_stream s, audit_head h
       WHERE s.integration_id = a.integration_id AND h.organization_id = s.organization_id AND s.state = 'healthy'
         AND s.state_since <= clock_timestamp() - ${wellFor} AND s.last_success_at > a.since
      RETURNING a.integration_id, a.state, a.since, s.organization_id, s.state_since, h.seq - s.cursor AS waiting
    ), replaced AS (
      DELETE FROM siem_alert_mail m USING over WHERE m.integration_id = over.integration_id
    )
    INSERT INTO siem_alert_mail (id, integration_id, user_id, facts)
    SELECT gen_random_uuid(), d.integration_id, u.id,
           jsonb_build_object('kind', 'recovered', 'state', d.state, 'since', d.since, 'until', d.state_since,
                              'waiting', d.waiting::text, 'problem', NULL)
      FROM over d JOIN app_user u ON ${isAdmin}`;
}

const isAdmin = Prisma.sql`u.organization_id = d.organization_id AND u.role = 'admin' AND u.status = 'active'`;

/** Whether there is more to tell of an outage `a` than was told. */
function isNews(state: Prisma.Sql, cause: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    (a.told_at <= clock_timestamp() - ${remindAfter}
     OR (${state} = 'blocked' AND (a.state <> 'blocked' OR ${cause} <> ALL(a.causes))))`;
}
