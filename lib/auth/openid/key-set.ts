import { z } from 'zod';
import type { signingAlgorithms } from '@/lib/auth/openid/endpoints';

type Algorithm = (typeof signingAlgorithms)[number];

const text = z.string().optional().catch(undefined);
const keySetSchema = z.object({
  keys: z.array(z.object({ kty: text, use: text, alg: text, crv: text })),
});
type Key = z.infer<typeof keySetSchema>['keys'][number];

const curves: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

/** Which of the algorithms some key of a JSON Web Key Set could have signed with, in the order given. */
export function fittingAlgorithms(keySet: unknown, algorithms: readonly Algorithm[]): Algorithm[] {
  const { data } = keySetSchema.safeParse(keySet);
  const keys = data?.keys.filter(({ use }) => use !== 'enc') ?? [];
  return algorithms.filter((algorithm) => keys.some((key) => fits(key, algorithm)));
}

function fits({ kty, alg, crv }: Key, algorithm: Algorithm): boolean {
  if (alg !== undefined && alg !== algorithm) return false;
  if (algorithm === 'EdDSA') return kty === 'OKP';
  const curve = curves[algorithm];
  return curve === undefined ? kty === 'RSA' : kty === 'EC' && crv === curve;
}
