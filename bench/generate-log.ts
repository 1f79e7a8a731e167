import type { Client } from 'pg';

/** An organization's log as it is generated: as many events as wanted, spread evenly over some days that end at `until`. */
export type LogPlan = { organizationId: string; slug: string; events: number; days: number; until: Date };

/** How many of each the log names. Some are frequent and most are not: the n-th of a hundred has rank (n/100)². */
export const people = 2_000;
export const keys = 20;
export const targets = 5_000;

/**
 * What hardly ever happens in a generated log, for searches that must find little in much. `at` are the places of the
 * events as parts of the log's length: long ago, most of them.
 */
export const rare = {
  actor: { name: 'Rare Visitor', at: [0.03, 0.2, 0.5] },
  action: { name: 'siem.integration.delete', at: [0.04, 0.21, 0.51] },
  /** Every address of 198.18.0.0/20 once, within a ten-thousandth of the log and eleven months ago. */
  addresses: { cidr: '198.18.0.0/20', count: 4_096, at: 0.15 },
} as const;

/**
 * Prepares the session of a superuser: temporary functions, and a table of the people, keys and things that the events
 * name. The seal is computed by the same rule as the product's trigger.
 */
export async function prepareGenerator(client: Client): Promise<void> {
  await client.query(`
    SET synchronous_commit = off; SET jit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '64MB';
    SET temp_buffers = '128MB'; SET max_parallel_workers_per_gather = 0;
    -- The rows must come in the order of their numbers, because each is sealed with the one before it.
    SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_memoize = off;

    CREATE FUNCTION pg_temp.uuid_of(kind text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE
      AS $$ SELECT overlay(overlay(md5(kind || n) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid::text $$;
    -- From 0 to count - 1; with a larger skew the small ones more often.
    CREATE FUNCTION pg_temp.pick(g bigint, salt bigint, count int, skew float8) RETURNS int LANGUAGE sql IMMUTABLE
      AS $$ SELECT floor(count * power((hashint8extended(g, salt) & 1048575) / 1048576::float8, skew))::int $$;
    CREATE FUNCTION pg_temp.seal(state bytea, first bytea, seq bigint, record text) RETURNS bytea
      LANGUAGE plpgsql IMMUTABLE
      AS $$ BEGIN RETURN sha256(coalesce(state, first) || int8send(seq) || convert_to(record, 'UTF8')); END $$;
    CREATE AGGREGATE pg_temp.chain (bytea, bigint, text) (SFUNC = pg_temp.seal, STYPE = bytea);

    CREATE TEMP TABLE actor AS
      SELECT n, type, id, name, email, audit_ref(type, id, name, email) AS ref, jsonb_strip_nulls(jsonb_build_object(
               'type', type, 'id', id, 'name', name, 'email', email, 'role', CASE type WHEN 'user' THEN 'member' END
             ))::text AS json
        FROM (SELECT n, 'user' AS type, pg_temp.uuid_of('user', n) AS id, 'Person ' || n || ' Fox' AS name,
                     'person' || n || '@acme.example' AS email FROM generate_series(0, ${people - 1}) AS n
               UNION ALL
              SELECT ${people} + n, 'api_key', pg_temp.uuid_of('key', n), 'ci bot ' || n, NULL
                FROM generate_series(0, ${keys - 1}) AS n
               UNION ALL VALUES (-1, 'system', NULL, NULL, NULL), (-2, 'anonymous', NULL, NULL, NULL),
                                (-3, 'user', pg_temp.uuid_of('rare', 0), '${rare.actor.name}', 'rare@acme.example')) AS x;
    CREATE TEMP TABLE target AS
      SELECT type, n, pg_temp.uuid_of(type, n) AS id, type || ' ' || n AS name,
             audit_ref(type, pg_temp.uuid_of(type, n), type || ' ' || n, NULL) AS ref,
             jsonb_build_object('type', type, 'id', pg_temp.uuid_of(type, n), 'name', type || ' ' || n)::text AS json
        FROM unnest(ARRAY['scan', 'user', 'api_key', 'siem_integration']) AS type,
             generate_series(0, ${targets - 1}) AS n;
    CREATE UNIQUE INDEX ON pg_temp.actor (n);
    CREATE UNIQUE INDEX ON pg_temp.target (type, n);
    ANALYZE pg_temp.actor; ANALYZE pg_temp.target`);
}

/**
 * Generates an organization with its log, the chain included, in one INSERT. The caller has switched off the triggers of
 * audit_event, which would number and seal each event again, in this transaction, and calls {@link completeLogs} after the last one.
 */
export async function generateLog(client: Client, plan: LogPlan): Promise<void> {
  const { organizationId, slug, events, days, until } = plan;
  await client.query('INSERT INTO organization (id, slug, name) VALUES ($1, $2, $2)', [organizationId, slug]);
  // Each event belongs to the organization above: asking that ten million times is a quarter of the work.
  await client.query('SET LOCAL session_replication_role = replica');
  await client.query(insertEvents, [organizationId, slug, events, days, until]);
  await client.query('SET LOCAL session_replication_role = origin');
}

/** What the triggers keep beside the events: the heads of the chains, and who and what the events name. */
export async function completeLogs(client: Client): Promise<void> {
  await client.query(`
    -- There are thousands of parties in millions of events, which are not to be sorted for that.
    SET LOCAL enable_sort = off;
    INSERT INTO audit_party (organization_id, role, ref, type, id, name, email)
    SELECT organization_id, 'actor', actor_ref, actor_type, actor_id, actor_name, actor_email
      FROM audit_event GROUP BY 1, 3, 4, 5, 6, 7
     UNION ALL
    SELECT organization_id, 'target', target_ref, target_type, target_id, target_name, NULL
      FROM audit_event GROUP BY 1, 3, 4, 5, 6;
    UPDATE audit_head h SET seq = e.seq, hash = e.hash, latest_at = e.occurred_at
      FROM (SELECT organization_id, max(seq) AS seq FROM audit_event GROUP BY 1) AS last
      JOIN audit_event e USING (organization_id, seq)
     WHERE h.organization_id = e.organization_id;
    SET LOCAL enable_sort = on`);
}

const at = (places: readonly number[]) => places.map((place) => `ceil(${place} * $3::float8)`).join(', ');
const swarm = `g BETWEEN ${rare.addresses.at} * $3::float8 AND ${rare.addresses.at} * $3::float8 + ${rare.addresses.count - 1}`;

// OFFSET 0 keeps each step apart: otherwise the planner puts every expression in the place of its name, again and again.
const insertEvents = `
  INSERT INTO audit_event (organization_id, seq, id, occurred_at, action, outcome, actor_type, actor_id, actor_name,
                           actor_email, target_type, target_id, target_name, ip, record, hash, origin, request_id,
                           session_id, actor_ref, target_ref)
  SELECT $1, g, s.id::uuid, s.time, c.action, c.outcome, actor.type, actor.id, actor.name, actor.email, target.type,
         target.id, target.name, s.ip::inet, record,
         pg_temp.chain(audit_genesis($1), g, record) OVER (ROWS UNBOUNDED PRECEDING),
         c.origin, s.request_id, s.session_id, actor.ref, target.ref
    FROM generate_series(1::bigint, $3::bigint) AS g
   CROSS JOIN LATERAL (
     SELECT pg_temp.pick(g, 1, 1000, 1) AS chance, pg_temp.pick(g, 2, ${people}, 2) AS person, md5(g::text) AS hex,
            pg_temp.pick(g, 3, ${targets}, 2) AS thing, pg_temp.pick(g, 4, 5000, 2) AS place OFFSET 0) AS r
   CROSS JOIN LATERAL (
     SELECT CASE WHEN g IN (${at(rare.actor.at)}) THEN -3 WHEN chance < 400 THEN ${people} + person % ${keys}
                 WHEN chance < 540 THEN -1 WHEN chance < 560 THEN -2 ELSE person END AS actor,
            CASE WHEN chance < 400 THEN 'api' WHEN chance < 530 THEN 'scheduler' WHEN chance < 540 THEN 'system'
                 ELSE 'console' END AS origin,
            CASE WHEN g IN (${at(rare.action.at)}) THEN '${rare.action.name}'
                 WHEN chance < 540 THEN (ARRAY['scan.start', 'scan.finish', 'scan.start', 'scan.finish', 'scan.stop',
                                               'scan.create'])[1 + chance % 6]
                 WHEN chance < 560 THEN 'user.login_failed' WHEN chance < 700 THEN 'user.login'
                 WHEN chance < 760 THEN 'user.logout'
                 ELSE (ARRAY['scan.start', 'scan.create', 'scan.schedule', 'scan.delete', 'user.create',
                             'user.update_role', 'api-key.create', 'siem.test_connection'])[1 + chance % 8] END AS action,
            CASE WHEN chance BETWEEN 540 AND 559 OR g % 97 = 0 THEN 'failure' ELSE 'success' END AS outcome OFFSET 0) AS c
   CROSS JOIN LATERAL (
     SELECT time, to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS written,
            CASE WHEN ${swarm} THEN '198.18.' || (g % ${rare.addresses.count}) / 256 || '.' || g % 256
                 WHEN c.origin IN ('scheduler', 'system') THEN NULL
                 WHEN place % 10 = 0 THEN '2001:db8:' || to_hex(place + 1) || '::7'
                 ELSE '10.' || place / 1000 || '.' || place % 250 || '.' || place % 200 END AS ip,
            substr(ms, 1, 8) || '-' || substr(ms, 9, 4) || '-7' || substr(hex, 1, 3) || '-8' || substr(hex, 4, 3) || '-'
              || substr(hex, 7, 12) AS id,
            CASE WHEN c.origin IN ('console', 'api') THEN substr(ms, 1, 8) || '-' || substr(ms, 9, 4) || '-7'
              || substr(hex, 2, 3) || '-9' || substr(hex, 5, 3) || '-' || substr(hex, 8, 12) END AS request_id,
            CASE WHEN c.origin = 'console' AND c.actor >= 0 THEN
              pg_temp.uuid_of('session', c.actor * 100000 + extract(epoch FROM time)::bigint / 86400) END AS session_id
       FROM (SELECT time, lpad(to_hex((extract(epoch FROM time) * 1000)::bigint), 12, '0') AS ms
               FROM (SELECT date_trunc('milliseconds', $5::timestamptz
                              - $4::int * interval '1 day' * (1 - g / $3::float8)) AS time OFFSET 0) AS t OFFSET 0) AS t
     OFFSET 0) AS s
   CROSS JOIN LATERAL (SELECT * FROM pg_temp.actor WHERE actor.n = c.actor OFFSET 0) AS actor
   CROSS JOIN LATERAL (
     SELECT * FROM pg_temp.target
      WHERE target.n = r.thing AND target.type = CASE WHEN c.action LIKE 'user.%' THEN 'user'
        WHEN c.action LIKE 'api-key.%' THEN 'api_key' WHEN c.action LIKE 'siem.%' THEN 'siem_integration' ELSE 'scan' END
     OFFSET 0) AS target
   CROSS JOIN LATERAL (
     SELECT '{"action":"' || c.action || '","actor":' || actor.json || ',"changes":[],"context":{'
            || coalesce('"ip":"' || s.ip || '",', '') || '"origin":"' || c.origin || '"'
            || coalesce(',"request_id":"' || s.request_id || '"', '') || coalesce(',"session_id":"' || s.session_id || '"', '')
            || ',"user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"}'
            || ',"id":"' || s.id || '","metadata":{},"organization":{"id":"' || $1::uuid || '","name":"' || $2::text
            || '","slug":"' || $2::text || '"},"outcome":"' || c.outcome || '","targets":[' || target.json
            || '],"time":"' || s.written || '","version":1}' AS record OFFSET 0) AS e`;
