-- What a search needs beside the record -------------------------------------------------------------------------

-- Names one actor or target by all that the log says of it. Each part has its length before it, so that no two
-- different lists make the same text. lib/audit/party-ref.ts computes the same, for verify.
CREATE FUNCTION audit_ref(type text, id text, name text, email text) RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN encode(substring(sha256(convert_to(concat(
    octet_length(type), ':', type, octet_length(id), ':', id,
    octet_length(name), ':', name, octet_length(email), ':', email), 'UTF8')) FOR 16), 'hex')::uuid;
END $$;

-- A damaged record must not keep an old log from being migrated: it has no context, and verify names it.
CREATE FUNCTION audit_context(record text, member text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN record::jsonb -> 'context' ->> member;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

-- UPDATE is refused on this table, and nothing here asks for an exception: the columns are added as generated ones,
-- which fills them, and are made ordinary ones afterwards.
ALTER TABLE "audit_event"
  ADD COLUMN "origin" TEXT GENERATED ALWAYS AS (audit_context("record", 'origin')) STORED,
  ADD COLUMN "request_id" TEXT GENERATED ALWAYS AS (audit_context("record", 'request_id')) STORED,
  ADD COLUMN "session_id" TEXT GENERATED ALWAYS AS (audit_context("record", 'session_id')) STORED,
  ADD COLUMN "actor_ref" UUID GENERATED ALWAYS AS
    (audit_ref("actor_type", "actor_id", "actor_name", "actor_email")) STORED,
  ADD COLUMN "target_ref" UUID GENERATED ALWAYS AS
    (CASE WHEN "target_type" IS NOT NULL THEN audit_ref("target_type", "target_id", "target_name", NULL) END) STORED;
ALTER TABLE "audit_event"
  ALTER COLUMN "origin" DROP EXPRESSION,
  ALTER COLUMN "request_id" DROP EXPRESSION,
  ALTER COLUMN "session_id" DROP EXPRESSION,
  ALTER COLUMN "actor_ref" DROP EXPRESSION,
  ALTER COLUMN "target_ref" DROP EXPRESSION;
DROP FUNCTION audit_context;

ALTER TABLE "audit_head" ADD COLUMN "latest_at" TIMESTAMPTZ(3),
ADD COLUMN "set_back_ms" BIGINT NOT NULL DEFAULT 0;

UPDATE "audit_head" h SET "latest_at" = e.latest_at, "set_back_ms" = e.set_back_ms
  FROM (SELECT organization_id, max(latest) AS latest_at,
               max((extract(epoch FROM latest - occurred_at) * 1000)::bigint) AS set_back_ms
          FROM (SELECT organization_id, occurred_at,
                       max(occurred_at) OVER (PARTITION BY organization_id ORDER BY seq) AS latest
                  FROM audit_event) AS run
         GROUP BY organization_id) AS e
 WHERE h.organization_id = e.organization_id;

CREATE TABLE "audit_party" (
    "organization_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "ref" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "id" TEXT,
    "name" TEXT,
    "email" TEXT,

    CONSTRAINT "audit_party_pkey" PRIMARY KEY ("organization_id","role","ref")
);

ALTER TABLE "audit_party" ADD CONSTRAINT "audit_party_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "audit_party" ("organization_id", "role", "ref", "type", "id", "name", "email")
SELECT DISTINCT organization_id, 'actor', actor_ref, actor_type, actor_id, actor_name, actor_email FROM audit_event
UNION ALL
SELECT DISTINCT organization_id, 'target', target_ref, target_type, target_id, target_name, NULL FROM audit_event
 WHERE target_ref IS NOT NULL;

-- The head is locked when a party is added, so two writers never add the same one.
CREATE OR REPLACE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_head h
     SET seq = h.seq + 1,
         hash = sha256(h.hash || int8send(h.seq + 1) || convert_to(NEW.record, 'UTF8')),
         latest_at = greatest(h.latest_at, NEW.occurred_at),
         set_back_ms = greatest(h.set_back_ms, (extract(epoch FROM h.latest_at - NEW.occurred_at) * 1000)::bigint)
   WHERE h.organization_id = NEW.organization_id
  RETURNING h.seq, h.hash INTO NEW.seq, NEW.hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'organization % has no audit chain', NEW.organization_id;
  END IF;

  NEW.actor_ref := audit_ref(NEW.actor_type, NEW.actor_id, NEW.actor_name, NEW.actor_email);
  INSERT INTO audit_party (organization_id, role, ref, type, id, name, email)
  VALUES (NEW.organization_id, 'actor', NEW.actor_ref, NEW.actor_type, NEW.actor_id, NEW.actor_name, NEW.actor_email)
  ON CONFLICT DO NOTHING;
  IF NEW.target_type IS NOT NULL THEN
    NEW.target_ref := audit_ref(NEW.target_type, NEW.target_id, NEW.target_name, NULL);
    INSERT INTO audit_party (organization_id, role, ref, type, id, name)
    VALUES (NEW.organization_id, 'target', NEW.target_ref, NEW.target_type, NEW.target_id, NEW.target_name)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NEW;
END $$;

-- Indexes ---------------------------------------------------------------------------------------------------------

-- Lists come in the order of seq, so it follows the value in each index: the newest rows of any value are side by side.
-- The outcome is carried along, so that a histogram reads an index alone.
DROP INDEX "audit_event_organization_id_action_seq_idx";
DROP INDEX "audit_event_organization_id_actor_id_seq_idx";
DROP INDEX "audit_event_organization_id_target_id_seq_idx";
CREATE INDEX "audit_event_organization_id_action_seq_outcome_idx" ON "audit_event"("organization_id", "action", "seq", "outcome");
CREATE INDEX "audit_event_organization_id_actor_ref_seq_outcome_idx" ON "audit_event"("organization_id", "actor_ref", "seq", "outcome");
CREATE INDEX "audit_event_organization_id_target_ref_seq_outcome_idx" ON "audit_event"("organization_id", "target_ref", "seq", "outcome");
CREATE INDEX "audit_event_organization_id_outcome_seq_idx" ON "audit_event"("organization_id", "outcome", "seq");
CREATE INDEX "audit_event_organization_id_origin_seq_outcome_idx" ON "audit_event"("organization_id", "origin", "seq", "outcome");
CREATE INDEX "audit_event_organization_id_ip_seq_outcome_idx" ON "audit_event"("organization_id", "ip", "seq", "outcome");
CREATE INDEX "audit_event_organization_id_request_id_seq_idx" ON "audit_event"("organization_id", "request_id", "seq");
CREATE INDEX "audit_event_organization_id_session_id_seq_idx" ON "audit_event"("organization_id", "session_id", "seq");

-- Everything a list, a count or a histogram looks at, in a tenth of the table's size and in its order.
CREATE INDEX "audit_event_scan_idx" ON "audit_event"
  ("organization_id", "seq", "occurred_at", "action", "outcome", "origin", "actor_ref", "target_ref", "ip");

-- Reading an index alone needs to know which pages all transactions see. Nothing is ever deleted here, so the default
-- would wait for a fifth of the table; this costs a look at the new pages now and then.
ALTER TABLE "audit_event" SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
                               autovacuum_analyze_scale_factor = 0.02);

-- Names that begin with what is looked for: "C" compares bytes, whatever the database's own collation does.
CREATE INDEX "audit_party_id_idx" ON "audit_party" ("organization_id", "role", "id");
CREATE INDEX "audit_party_name_idx" ON "audit_party"
  ("organization_id", "role", lower(coalesce("name", "type")) COLLATE "C");
CREATE INDEX "audit_party_email_idx" ON "audit_party" ("organization_id", "role", lower("email") COLLATE "C");

-- What free text is looked for in: the parts of a party, one in a line.
CREATE FUNCTION audit_party_text(type text, id text, name text, email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT lower(coalesce(name, type) || E'\n' || coalesce(email, '') || E'\n' || coalesce(id, '')) $$;

-- Both extensions belong to PostgreSQL and may be created by the owner of a database, but a package may lack them.
-- Then free text reads all parties of the organization: the same answers, and slower in an organization of thousands.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE EXTENSION IF NOT EXISTS btree_gin;
  CREATE INDEX "audit_party_text_idx" ON "audit_party"
    USING gin ("organization_id", audit_party_text("type", "id", "name", "email") gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege THEN
  RAISE NOTICE 'free text is searched without an index: %', SQLERRM;
END $$;

-- Append-only like the events that the parties were taken from.
CREATE TRIGGER audit_party_refuse_change BEFORE UPDATE OR DELETE ON "audit_party"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_party_refuse_truncate BEFORE TRUNCATE ON "audit_party"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE "audit_party" ENABLE ALWAYS TRIGGER audit_party_refuse_change;
ALTER TABLE "audit_party" ENABLE ALWAYS TRIGGER audit_party_refuse_truncate;
