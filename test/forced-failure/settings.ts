import { randomUUID } from 'node:crypto';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key';
import { startExport } from '@/lib/audit-export/start-export';
import { addKey } from '@/lib/members/testing/company';
import { createFirstOrganization } from '@/lib/organization/create-first';
import { parseConnection } from '@/lib/siem/integrations/connection';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { deleteIntegration } from '@/lib/siem/integrations/delete-integration';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { testConnection } from '@/lib/siem/integrations/test-connection';
import { replaceToken, updateIntegration } from '@/lib/siem/integrations/update-integration';
import { type Prepare, password } from '@/test/forced-failure/world';
import { createOrganization } from '@/test/organization';

// Nobody listens there: what is forced to fail here is the log, not Splunk.
const typed = { hecUrl: 'https://127.0.0.1:18088', hecToken: randomUUID(), index: 'audit' };

async function integrated({ paused = false } = {}) {
  const source = await createOrganization();
  const { id } = await createIntegration(source, { ...typed, paused });
  return { source, id };
}

/** Commands about what an admin sets up and takes out: the organization itself, API keys, integrations, exports. */
export const settings: Record<string, Prepare> = {
  // First of all, because it wants an empty installation.
  async createFirstOrganization() {
    const account = {
      organization: 'Acme Security',
      name: 'Alice Fox',
      email: 'alice@first.example',
      password,
    };
    return () => createFirstOrganization(account, { origin: 'console' });
  },
  async createApiKey() {
    const source = await createOrganization();
    return () => createApiKey(source, { name: 'ci', scopes: ['audit_log:read'], expiresInDays: 90 });
  },
  async revokeApiKey() {
    const source = await createOrganization();
    const id = await addKey(source, 'ci');
    return () => revokeApiKey(source, id);
  },
  async startExport() {
    const source = await createOrganization();
    return () => startExport(source, { filter: {}, format: 'csv' });
  },
  async createIntegration() {
    const source = await createOrganization();
    return () => createIntegration(source, typed);
  },
  async updateIntegration() {
    const { source, id } = await integrated();
    return () => updateIntegration(source, id, { name: 'Prod Splunk', index: 'main' });
  },
  async replaceToken() {
    const { source, id } = await integrated();
    return () => replaceToken(source, id, { hecToken: randomUUID() });
  },
  async pauseIntegration() {
    const { source, id } = await integrated();
    return () => pauseIntegration(source, id);
  },
  async resumeIntegration() {
    const { source, id } = await integrated({ paused: true });
    return () => resumeIntegration(source, id);
  },
  async deleteIntegration() {
    const { source, id } = await integrated();
    return () => deleteIntegration(source, id);
  },
  async testConnection() {
    const source = await createOrganization();
    return () => testConnection(source, parseConnection(typed));
  },
};
