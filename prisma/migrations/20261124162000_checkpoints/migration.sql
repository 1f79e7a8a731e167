-- Since when an event has been waiting for a signed checkpoint behind it; NULL when none is. Each look-up is in an index.
-- An organization's events are younger than itself. What is younger than now, because the clock was set back, has waited for
-- nobody knows how long, so for ever.
CREATE FUNCTION audit_unsigned_since(organization uuid) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
  signed bigint;
BEGIN
  SELECT max(seq) INTO signed FROM audit_event
   WHERE organization_id = organization AND action = 'audit_log.checkpoint';
  RETURN (SELECT CASE WHEN greatest(e.occurred_at, o.created_at) > clock_timestamp() THEN '-infinity'
                      ELSE greatest(e.occurred_at, o.created_at) END
            FROM audit_event e JOIN organization o ON o.id = e.organization_id
           WHERE e.organization_id = organization AND e.seq > coalesce(signed, 0)
           ORDER BY e.seq LIMIT 1);
END $$;
