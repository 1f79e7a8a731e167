-- CreateEnum
CREATE TYPE "scan_run_status" AS ENUM ('queued', 'running', 'finished', 'failed', 'stopped');

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "connection_id" UUID;

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "message" TEXT,
    "token_hash" BYTEA NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "invited_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_policy" (
    "organization_id" UUID NOT NULL,
    "email_enabled" BOOLEAN NOT NULL DEFAULT true,
    "google_enabled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "sign_in_policy_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "oidc_connection" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret_sealed" TEXT NOT NULL,
    "client_secret_last4" TEXT NOT NULL,
    "client_secret_set_at" TIMESTAMPTZ(3) NOT NULL,
    "scopes" TEXT NOT NULL,
    "allowed_domains" TEXT[],
    "default_role" "role" NOT NULL DEFAULT 'member',
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "endpoints" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "tested_version" INTEGER,
    "tested_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "oidc_connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "connection" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" INET,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scan" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "target_url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cron" TEXT,
    "time_zone" TEXT,
    "next_run_at" TIMESTAMPTZ(3),

    CONSTRAINT "scan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scan_run" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "scan_id" UUID NOT NULL,
    "status" "scan_run_status" NOT NULL DEFAULT 'queued',
    "trigger" TEXT NOT NULL,
    "started_by_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "progress" INTEGER NOT NULL DEFAULT 0,
    "step" TEXT,
    "grade" TEXT,
    "findings" JSONB,
    "finding_count" INTEGER,
    "new_findings" INTEGER,
    "reason" TEXT,

    CONSTRAINT "scan_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_organization_id_created_at_idx" ON "invitation"("organization_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "oidc_connection_organization_id_key" ON "oidc_connection"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "oidc_connection_organization_id_id_key" ON "oidc_connection"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_organization_id_connection_issuer_subject_key" ON "identity"("organization_id", "connection", "issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "identity_user_id_connection_key" ON "identity"("user_id", "connection");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_prefix_key" ON "api_key"("prefix");

-- CreateIndex
CREATE INDEX "api_key_organization_id_created_at_idx" ON "api_key"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "scan_next_run_at_idx" ON "scan"("next_run_at");

-- CreateIndex
CREATE UNIQUE INDEX "scan_organization_id_id_key" ON "scan"("organization_id", "id");

-- CreateIndex
CREATE INDEX "scan_run_organization_id_scan_id_created_at_idx" ON "scan_run"("organization_id", "scan_id", "created_at");

-- CreateIndex
CREATE INDEX "scan_run_status_heartbeat_at_idx" ON "scan_run"("status", "heartbeat_at");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_policy" ADD CONSTRAINT "sign_in_policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oidc_connection" ADD CONSTRAINT "oidc_connection_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "app_user"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "app_user"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan" ADD CONSTRAINT "scan_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_run" ADD CONSTRAINT "scan_run_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_run" ADD CONSTRAINT "scan_run_organization_id_scan_id_fkey" FOREIGN KEY ("organization_id", "scan_id") REFERENCES "scan"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that Prisma does not model ---------------------------------------------------------------------------

ALTER TABLE "invitation"
  ADD CONSTRAINT "invitation_email_is_lower_case" CHECK ("email" = lower("email")),
  ADD CONSTRAINT "invitation_ends_once" CHECK ("accepted_at" IS NULL OR "revoked_at" IS NULL),
  ADD CONSTRAINT "invitation_token_hash_size" CHECK (octet_length("token_hash") = 32);
-- Inviting somebody twice replaces the first offer; it never makes a second one.
CREATE UNIQUE INDEX "invitation_one_open" ON "invitation" ("organization_id", "email")
  WHERE "accepted_at" IS NULL AND "revoked_at" IS NULL;

ALTER TABLE "oidc_connection"
  -- The provider decides who comes in, so it never makes an admin.
  ADD CONSTRAINT "oidc_connection_default_role" CHECK ("default_role" IN ('auditor', 'member'));

ALTER TABLE "api_key" ADD CONSTRAINT "api_key_secret_hash_size" CHECK (octet_length("secret_hash") = 32);

ALTER TABLE "scan"
  ADD CONSTRAINT "scan_schedule_is_whole" CHECK (("cron" IS NULL) = ("time_zone" IS NULL)
                                             AND ("cron" IS NULL) = ("next_run_at" IS NULL));

ALTER TABLE "scan_run"
  ADD CONSTRAINT "scan_run_progress" CHECK ("progress" BETWEEN 0 AND 100),
  ADD CONSTRAINT "scan_run_trigger" CHECK ("trigger" IN ('manual', 'schedule', 'api'));
-- A scan never runs twice at once, whatever the workers think.
CREATE UNIQUE INDEX "scan_run_one_active" ON "scan_run" ("scan_id") WHERE "status" IN ('queued', 'running');
