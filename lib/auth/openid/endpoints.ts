import { z } from 'zod';

/**
 * What may sign an ID token, the one to prefer first. RS256 is what every provider must have. Neither `none` nor HS*: the
 * first is no signature, the second is one that everybody can make who knows the client secret.
 */
export const signingAlgorithms = [
  'RS256',
  'PS256',
  'ES256',
  'EdDSA',
  'RS384',
  'PS384',
  'ES384',
  'RS512',
  'PS512',
  'ES512',
] as const;

/** How we may prove to the token endpoint who we are, the one to prefer first. */
export const clientAuthentications = ['client_secret_basic', 'client_secret_post'] as const;

export const endpointsSchema = z.object({
  authorization: z.string(),
  token: z.string(),
  keys: z.string(),
  /** Where a provider that keeps to the letter (OpenID Connect Core §5.4) puts the address, instead of into the ID token. */
  userinfo: z.string().optional(),
  /** The one with which ID tokens must be signed. */
  signingAlgorithm: z.enum(signingAlgorithms),
  clientAuthentication: z.enum(clientAuthentications),
  /** The provider says in each answer who it is (RFC 9207), so one that does not say it is not from there. */
  namesIssuer: z.boolean(),
});

/** What a provider's discovery document said when it was checked. Sign-ins use this and ask nobody. */
export type Endpoints = z.infer<typeof endpointsSchema>;
