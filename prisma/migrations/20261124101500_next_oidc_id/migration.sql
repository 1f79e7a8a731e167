-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "next_oidc_id" UUID NOT NULL DEFAULT gen_random_uuid();
