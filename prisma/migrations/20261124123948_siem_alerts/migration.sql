-- CreateTable
CREATE TABLE "siem_alert" (
    "integration_id" UUID NOT NULL,
    "state" "stream_state" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "causes" TEXT[],

    CONSTRAINT "siem_alert_pkey" PRIMARY KEY ("integration_id")
);

-- CreateTable
CREATE TABLE "siem_alert_mail" (
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "siem_alert_mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "siem_alert_mail_due_at_idx" ON "siem_alert_mail"("due_at");

-- CreateIndex
CREATE INDEX "siem_alert_mail_integration_id_idx" ON "siem_alert_mail"("integration_id");

-- AddForeignKey
ALTER TABLE "siem_alert" ADD CONSTRAINT "siem_alert_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_alert_mail" ADD CONSTRAINT "siem_alert_mail_integration_id_fkey" FOREIGN KEY ("integration_id") REFERENCES "siem_integration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "siem_alert_mail" ADD CONSTRAINT "siem_alert_mail_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
