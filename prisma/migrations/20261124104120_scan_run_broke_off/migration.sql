-- AlterTable
ALTER TABLE "scan_run" ADD COLUMN     "broke_off" INTEGER NOT NULL DEFAULT 0;
