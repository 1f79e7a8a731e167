-- CreateEnum
CREATE TYPE "verification_state" AS ENUM ('running', 'intact', 'broken', 'cancelled', 'failed');

-- CreateTable
CREATE TABLE "audit_verification" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "state" "verification_state" NOT NULL DEFAULT 'running',
    "requested_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "fault_seq" BIGINT,
    "reason" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_verification_organization_id_created_at_idx" ON "audit_verification"("organization_id", "created_at");

-- AddForeignKey
ALTER TABLE "audit_verification" ADD CONSTRAINT "audit_verification_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One at a time for each organization.
CREATE UNIQUE INDEX "audit_verification_running" ON "audit_verification" ("organization_id") WHERE "state" = 'running';

-- Retention -------------------------------------------------------------------------------------------------------

ALTER TABLE "organization" ADD COLUMN "retention_days" INTEGER,
  ADD CONSTRAINT "organization_retention_days" CHECK ("retention_days" BETWEEN 90 AND 36500);

ALTER TABLE "audit_head" ADD COLUMN "anchor_signed_at" TIMESTAMPTZ(3),
  ADD COLUMN "anchor_key_id" TEXT,
  ADD COLUMN "anchor_signature" TEXT;

-- The last event that is older than so many days, with all before it. Days end at midnight UTC, so that events go once a
-- day. The clock may have been set back: then an event is as old as the youngest before it. What is deleted already stays
-- in the index until the next vacuum: its number keeps it from being looked up in the table.
CREATE FUNCTION audit_expired(organization uuid, days integer) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT greatest(h.anchor_seq, coalesce((
           SELECT e.seq FROM audit_event e
            WHERE e.organization_id = organization AND e.seq > h.anchor_seq
              AND e.occurred_at < date_trunc('day', clock_timestamp(), 'UTC') - days * interval '24 hours'
                                  - h.set_back_ms * interval '1 millisecond'
            ORDER BY e.occurred_at DESC, e.seq DESC LIMIT 1), 0))
            FROM audit_head h WHERE h.organization_id = organization);
END $$;

-- The last event that every integration is done with, whatever its state: it and all before it are proved to be accepted or
-- dismissed, and no replay is on its way to them. NULL where nothing holds events back.
CREATE FUNCTION audit_settled(organization uuid) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN least(
    (SELECT min(least(s.cursor, s.proven_seq, (s.unaccounted ->> 'firstSeq')::bigint - 1)) FROM siem_stream s
      WHERE s.organization_id = organization),
    (SELECT min(p.seq) - 1 FROM siem_parked p JOIN siem_integration i ON i.id = p.integration_id
      WHERE i.organization_id = organization AND p.state IN ('parked', 'retrying')),
    (SELECT min(r.cursor) FROM siem_replay r
      WHERE r.organization_id = organization AND r.state IN ('running', 'paused')));
END $$;

-- Where the log begins moves only forward, to an event that retention lets go, with its hash and a signature. The
-- lock on the head, which an update has, keeps integrations and replays from being added meanwhile.
CREATE FUNCTION audit_guard_anchor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days integer := (SELECT retention_days FROM organization WHERE id = NEW.organization_id);
  hash bytea := (SELECT e.hash FROM audit_event e WHERE e.organization_id = NEW.organization_id AND e.seq = NEW.anchor_seq);
BEGIN
  IF NEW.anchor_seq > OLD.anchor_seq AND NEW.anchor_hash = hash
     AND NEW.anchor_seq <= least(audit_expired(NEW.organization_id, days), audit_settled(NEW.organization_id))
     AND days IS NOT NULL AND num_nulls(NEW.anchor_signed_at, NEW.anchor_key_id, NEW.anchor_signature) = 0 THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: to begin it behind No. % is refused', NEW.anchor_seq
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_guard_anchor BEFORE UPDATE ON "audit_head" FOR EACH ROW
  WHEN ((OLD.anchor_seq, OLD.anchor_hash, OLD.anchor_signed_at, OLD.anchor_key_id, OLD.anchor_signature)
        IS DISTINCT FROM (NEW.anchor_seq, NEW.anchor_hash, NEW.anchor_signed_at, NEW.anchor_key_id, NEW.anchor_signature))
  EXECUTE FUNCTION audit_guard_anchor();
ALTER TABLE "audit_head" ENABLE ALWAYS TRIGGER audit_guard_anchor;

-- What lies before the beginning of the log may be deleted, and nothing else.
CREATE FUNCTION audit_refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.seq <= (SELECT anchor_seq FROM audit_head WHERE organization_id = OLD.organization_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

DROP TRIGGER audit_refuse_change ON "audit_event";
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_event_change();
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_refuse_change;

-- Somebody whom no event names any more is forgotten with the last one that did.
CREATE FUNCTION audit_refuse_party_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (
       SELECT FROM audit_event e WHERE e.organization_id = OLD.organization_id
          AND ((OLD.role = 'actor' AND e.actor_ref = OLD.ref) OR (OLD.role = 'target' AND e.target_ref = OLD.ref))) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

DROP TRIGGER audit_party_refuse_change ON "audit_party";
CREATE TRIGGER audit_party_refuse_change BEFORE UPDATE OR DELETE ON "audit_party"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_party_change();
ALTER TABLE "audit_party" ENABLE ALWAYS TRIGGER audit_party_refuse_change;

-- The one way in which events are deleted: first the anchor is stored, which the trigger above judges, then they go.
CREATE FUNCTION audit_delete_until(organization uuid, last bigint, signed_at timestamptz, key_id text, signature text)
  RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  actors uuid[];
  targets uuid[];
BEGIN
  UPDATE audit_head h
     SET anchor_seq = last, anchor_hash = e.hash, anchor_signed_at = signed_at, anchor_key_id = key_id,
         anchor_signature = signature
    FROM audit_event e
   WHERE h.organization_id = organization AND e.organization_id = organization AND e.seq = last;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'organization % has no event No. %', organization, last;
  END IF;

  WITH deleted AS (
    DELETE FROM audit_event WHERE organization_id = organization AND seq <= last RETURNING actor_ref, target_ref
  )
  SELECT array_agg(DISTINCT actor_ref), array_agg(DISTINCT target_ref) INTO actors, targets FROM deleted;

  DELETE FROM audit_party p
   WHERE p.organization_id = organization
     AND ((p.role = 'actor' AND p.ref = ANY(actors) AND NOT EXISTS (
             SELECT FROM audit_event e WHERE e.organization_id = organization AND e.actor_ref = p.ref))
       OR (p.role = 'target' AND p.ref = ANY(targets) AND NOT EXISTS (
             SELECT FROM audit_event e WHERE e.organization_id = organization AND e.target_ref = p.ref)));
END $$;
