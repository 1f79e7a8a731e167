import { accountSteps } from '@/e2e/contract/account-steps';
import { apiKeySteps } from '@/e2e/contract/api-key-steps';
import { authenticationSteps } from '@/e2e/contract/authentication-steps';
import { deliverySteps } from '@/e2e/contract/delivery-steps';
import { exportSteps } from '@/e2e/contract/export-steps';
import { integritySteps } from '@/e2e/contract/integrity-steps';
import { invitationSteps } from '@/e2e/contract/invitation-steps';
import { memberSteps } from '@/e2e/contract/member-steps';
import { parkedSteps } from '@/e2e/contract/parked-steps';
import { replaySteps } from '@/e2e/contract/replay-steps';
import { scanSteps } from '@/e2e/contract/scan-steps';
import { siemSteps } from '@/e2e/contract/siem-steps';
import type { Steps } from '@/e2e/contract/step';
import type { AuditAction } from '@/lib/audit/catalog';

/** A real act for every action of the catalogue, in the order in which they are done. An action without one does not compile. */
export const steps: Steps<AuditAction> = {
  ...siemSteps,
  ...deliverySteps,
  ...parkedSteps,
  ...replaySteps,
  ...invitationSteps,
  ...accountSteps,
  ...memberSteps,
  ...authenticationSteps,
  ...scanSteps,
  ...apiKeySteps,
  ...exportSteps,
  ...integritySteps,
};
