-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'auditor', 'member');

-- CreateEnum
CREATE TYPE "user_status" AS ENUM ('active', 'deactivated');

-- CreateEnum
CREATE TYPE "stream_state" AS ENUM ('healthy', 'degraded', 'blocked', 'paused');

-- CreateTable
CREATE TABLE "installation" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("singleton")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "status" "user_status" NOT NULL DEFAULT 'active',
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "ip" INET,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "blocked_till" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "organization_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "hash" BYTEA NOT NULL,
    "anchor_seq" BIGINT NOT NULL DEFAULT 0,
    "anchor_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "organization_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT,
    "actor_email" TEXT,
    "target_type" TEXT,
    "target_id" TEXT,
    "target_name" TEXT,
    "ip" INET,
    "record" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("organization_id","seq")
);

-- CreateTable
CREATE TABLE "siem_integration" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hec_url" TEXT NOT NULL,
    "event_url" TEXT NOT NULL,
    "index" TEXT,
    "token_sealed" TEXT NOT NULL,
    "token_last4" TEXT NOT NULL,
    "token_set_at" TIMESTAMPTZ(3) NOT NULL,
    "ca_certificate" TEXT,
    "channel" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "siem_integration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "siem_stream" (
    "integration_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "state" "stream_state" NOT NULL DEFAULT 'healthy',
    "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_by" TEXT,
    "start_seq" BIGINT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_failure_at" TIMESTAMPTZ(3),
    "max_events" INTEGER NOT NULL DEFAULT 500,
    "slow_until" TIMESTAMPTZ(3),
    "gzip" BOOLEAN NOT NULL DEFAULT true,
    "delivered_events" BIGINT NOT NULL DEFAULT 0,
    "last_success_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "last_error" JSONB,

    CONSTRAINT "siem_stream_pkey" PRIMARY KEY ("integration_id")
);

-- CreateTable
CREATE TABLE "siem_receipt" (
    "integration_id" UUID NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "events" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "http_status" INTEGER NOT NULL,
    "hec_code" INTEGER,
    "attempts" INTEGER NOT NULL,
    "latency_ms" INTEGER NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "siem_receipt_pkey" PRIMARY KEY ("integration_id","last_seq")
);

-- CreateTable
CREATE TABLE "siem_parked" (
    "integration_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "http_status" INTEGER NOT NULL,
    "hec_code" INTEGER,
    "reason" TEXT NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "siem_parked_pkey" PRIMARY KEY ("integration_id","seq")
);

-- CreateTable
CREATE TABLE "siem_draft" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_sealed" TEXT NOT NULL,
    "token_last4" TEXT NOT NULL,
    "tested_digest" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "siem_draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "installation_id_key" ON "installation"("id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_organization_id_id_key" ON "app_user"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_revoked_at_idx" ON "session"("user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "rate_limit_window_start_idx" ON "rate_limit"("window_start");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_action_seq_idx" ON "audit_event"("organization_id", "action", "seq");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_actor_id_seq_idx" ON "audit_event"("organization_id", "actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_target_id_seq_idx" ON "audit_event"("organization_id", "target_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_occurred_at_seq_idx" ON "audit_event"("organization_id", "occurred_at", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_organization_id_id_key" ON "audit_event"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "siem_integration_organization_id_id_key" ON "siem_integration"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "siem_integration_organization_id_name_key" ON "siem_integration"("organization_id", "name");

-- CreateIndex
CREATE INDEX "siem_stream_next_attempt_at_idx" ON "siem_stream"("next_attempt_at");

-- CreateIndex
CREATE INDEX "siem_stream_organization_id_idx" ON "siem_stream"("organization_id");

-- CreateIndex
CREATE INDEX "siem_receipt_integration_id_delivered_at_idx" ON "siem_receipt"("integration_id", "delivered_at");

-- CreateIndex
CREATE INDEX "siem_draft_expires_at_idx" ON "siem_draft"("expires_at");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "app_user"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_integration" ADD CONSTRAINT "siem_integration_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_stream" ADD CONSTRAINT "siem_stream_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_receipt" ADD CONSTRAINT "siem_receipt_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_parked" ADD CONSTRAINT "siem_parked_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_draft" ADD CONSTRAINT "siem_draft_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_draft" ADD CONSTRAINT "siem_draft_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "app_user"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Rules that Prisma does not model ---------------------------------------------------------------------------

ALTER TABLE "installation" ADD CONSTRAINT "installation_is_one_row" CHECK ("singleton");
INSERT INTO "installation" ("id") VALUES (gen_random_uuid());

ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email_is_lower_case" CHECK ("email" = lower("email"));

ALTER TABLE "audit_event"
  ADD CONSTRAINT "audit_event_outcome" CHECK ("outcome" IN ('success', 'failure')),
  ADD CONSTRAINT "audit_event_actor_type" CHECK ("actor_type" IN ('user', 'api_key', 'system', 'anonymous')),
  -- 64 KiB: one event stays far below HEC's maxEventSize and one batch below the request cap (hec.md §1.4).
  ADD CONSTRAINT "audit_event_record_size" CHECK (octet_length("record") <= 65536),
  ADD CONSTRAINT "audit_event_hash_size" CHECK (octet_length("hash") = 32);

ALTER TABLE "siem_stream"
  ADD CONSTRAINT "siem_stream_cursor" CHECK ("cursor" >= "start_seq" AND "start_seq" >= 0),
  ADD CONSTRAINT "siem_stream_max_events" CHECK ("max_events" BETWEEN 1 AND 500);

-- The sealed log ---------------------------------------------------------------------------------------------

-- The hash before the first event: it ties a chain to its organization, so no chain can stand in for another.
CREATE FUNCTION audit_genesis(organization_id uuid) RETURNS bytea
  LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT sha256(convert_to('tracekeep:audit:v1:' || organization_id::text, 'UTF8')) $$;

CREATE FUNCTION audit_open_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_head (organization_id, hash, anchor_hash)
  VALUES (NEW.id, audit_genesis(NEW.id), audit_genesis(NEW.id));
  RETURN NULL;
END $$;

CREATE TRIGGER audit_open_chain AFTER INSERT ON "organization"
  FOR EACH ROW EXECUTE FUNCTION audit_open_chain();

-- Moving the head locks it until commit. Therefore seq order is commit order and has no gaps: a rolled-back
-- transaction takes its number back with it. The cursor of siem_stream relies on this.
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_head h
     SET seq = h.seq + 1,
         hash = sha256(h.hash || int8send(h.seq + 1) || convert_to(NEW.record, 'UTF8'))
   WHERE h.organization_id = NEW.organization_id
  RETURNING h.seq, h.hash INTO NEW.seq, NEW.hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'organization % has no audit chain', NEW.organization_id;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_seal BEFORE INSERT ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION audit_seal();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_refuse_delete BEFORE DELETE ON "audit_head"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_refuse_truncate BEFORE TRUNCATE ON "audit_head"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- An ordinary trigger is skipped under session_replication_role = replica; these are not (security.md §1.6).
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_seal;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_refuse_change;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_refuse_truncate;
ALTER TABLE "audit_head" ENABLE ALWAYS TRIGGER audit_head_refuse_delete;
ALTER TABLE "audit_head" ENABLE ALWAYS TRIGGER audit_head_refuse_truncate;
