-- CreateEnum
CREATE TYPE "parked_state" AS ENUM ('parked', 'retrying', 'delivered', 'dismissed');

-- CreateEnum
CREATE TYPE "replay_state" AS ENUM ('running', 'paused', 'finished', 'cancelled');

-- AlterTable
ALTER TABLE "siem_integration" ADD COLUMN     "heartbeat_minutes" INTEGER,
ADD COLUMN     "pinned_fingerprint" TEXT;

-- AlterTable
ALTER TABLE "siem_parked" ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "closed_by" TEXT,
ADD COLUMN     "dismissal" TEXT,
ADD COLUMN     "refusals" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "state" "parked_state" NOT NULL DEFAULT 'parked';

-- AlterTable
ALTER TABLE "siem_receipt" ADD COLUMN     "batches" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "delivered_from" TIMESTAMPTZ(3),
ADD COLUMN     "lag_ms" INTEGER,
ALTER COLUMN "bytes" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "siem_stream" ADD COLUMN     "parked_in_row" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "proven_seq" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "unaccounted" JSONB;

-- CreateTable
CREATE TABLE "siem_failure" (
    "integration_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "events" INTEGER NOT NULL,
    "latency_ms" INTEGER NOT NULL,
    "cause" JSONB NOT NULL,

    CONSTRAINT "siem_failure_pkey" PRIMARY KEY ("integration_id","id")
);

-- CreateTable
CREATE TABLE "siem_replay" (
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "state" "replay_state" NOT NULL DEFAULT 'running',
    "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requested_by" TEXT,
    "events_per_second" INTEGER NOT NULL,
    "delivered_events" BIGINT NOT NULL DEFAULT 0,
    "refused_events" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_success_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "max_events" INTEGER NOT NULL,
    "last_error" JSONB,

    CONSTRAINT "siem_replay_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "siem_replay_integration_id_created_at_idx" ON "siem_replay"("integration_id", "created_at");

-- CreateIndex
CREATE INDEX "siem_replay_state_next_attempt_at_idx" ON "siem_replay"("state", "next_attempt_at");

-- AddForeignKey
ALTER TABLE "siem_failure" ADD CONSTRAINT "siem_failure_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_replay" ADD CONSTRAINT "siem_replay_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Rules that Prisma does not model ---------------------------------------------------------------------------

ALTER TABLE "siem_integration"
  ADD CONSTRAINT "siem_integration_trust" CHECK ("ca_certificate" IS NULL OR "pinned_fingerprint" IS NULL),
  ADD CONSTRAINT "siem_integration_fingerprint" CHECK ("pinned_fingerprint" ~ '^([0-9A-F]{2}:){31}[0-9A-F]{2}$'),
  ADD CONSTRAINT "siem_integration_heartbeat" CHECK ("heartbeat_minutes" BETWEEN 1 AND 10080);

ALTER TABLE "siem_replay"
  ADD CONSTRAINT "siem_replay_range"
    CHECK ("first_seq" >= 1 AND "cursor" BETWEEN "first_seq" - 1 AND "last_seq"),
  ADD CONSTRAINT "siem_replay_max_events" CHECK ("max_events" BETWEEN 1 AND 500),
  ADD CONSTRAINT "siem_replay_rate" CHECK ("events_per_second" BETWEEN 1 AND 10000);

-- The streamer looks for these at each poll; there are few or none.
CREATE INDEX "siem_parked_retrying" ON "siem_parked" ("integration_id", "seq") WHERE "state" = 'retrying';

-- What was delivered before the proof began is looked at once, from the start.
UPDATE "siem_stream" SET "proven_seq" = "start_seq";
