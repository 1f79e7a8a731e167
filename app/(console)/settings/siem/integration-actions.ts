import type { IntegrationActions } from '@/components/siem/integration-card';
import { pauseIntegrationAction, resumeIntegrationAction, retryIntegrationAction } from './actions';

/** What an admin can do on an integration's card. */
export const integrationActions: IntegrationActions = {
  pause: pauseIntegrationAction,
  resume: resumeIntegrationAction,
  retry: retryIntegrationAction,
};
