import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';
import type { Organization } from '@/e2e/fixtures';
import type { Endpoints } from '@/lib/auth/openid/endpoints';

const issuer = 'https://login.hidden.example';

const endpoints: Endpoints = {
  authorization: `${issuer}/authorize`,
  token: `${issuer}/token`,
  keys: `${issuer}/jwks`,
  signingAlgorithm: 'RS256',
  clientAuthentication: 'client_secret_basic',
  namesIssuer: true,
};

/** Writes an OIDC connection that is enabled and has passed its test. */
export async function insertOidcConnection(
  query: Query,
  { id: organizationId }: Organization,
  name = 'Acme Login',
): Promise<string> {
  const id = randomUUID();
  await query(
    `INSERT INTO oidc_connection (id, organization_id, name, issuer, client_id, client_secret_sealed, client_secret_last4,
                                  client_secret_set_at, scopes, allowed_domains, enabled, endpoints, tested_version, tested_at)
     VALUES ($1, $2, $3, $4, 'tracekeep', 'sealed', 'f00d', now(), 'openid email profile', '{acme.example}', true, $5, 1, now())`,
    [id, organizationId, name, issuer, JSON.stringify(endpoints)],
  );
  return id;
}
