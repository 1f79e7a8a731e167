import { actorOrResponse } from '@/lib/auth/actor';
import { publicKey } from '@/lib/crypto/signing-key';

/** The public key that checkpoints are checked with, as PEM. */
export async function GET(): Promise<Response> {
  const actor = await actorOrResponse('audit_log.verify');
  if (actor instanceof Response) return actor;
  return new Response(publicKey().pem, {
    headers: {
      'Content-Type': 'application/x-pem-file',
      'Content-Disposition': 'attachment; filename="tracekeep-checkpoint-key.pem"',
      'Cache-Control': 'no-store',
    },
  });
}
