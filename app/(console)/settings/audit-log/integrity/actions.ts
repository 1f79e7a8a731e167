'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { type IntegrityOutcome, integrityPath } from '@/components/integrity/paths';
import { defineAction, defineFormAction } from '@/lib/action/define-action';
import { signCheckpoint } from '@/lib/integrity/sign-checkpoint';
import { cancelVerification } from '@/lib/integrity/verification/cancel-verification';
import { startVerification } from '@/lib/integrity/verification/start-verification';

const back = (done: IntegrityOutcome) => leave(`${integrityPath}?done=${done}`);

/** Empty for the beginning and the end. */
const seq = z
  .string()
  .trim()
  .regex(/^\d{0,18}$/, 'Enter the number of an event: digits only, or nothing.')
  .transform((text) => (text === '' ? undefined : BigInt(text)));

export const verifyAction = defineAction({
  name: 'verify the audit log',
  permission: 'audit_log.verify',
  schema: z.strictObject({ firstSeq: seq, lastSeq: seq }),
  echo: ['firstSeq', 'lastSeq'],
  async handler(range, { source }) {
    await startVerification(source, range);
    back('started');
  },
});

export const cancelVerificationAction = defineFormAction({
  name: 'cancel verification',
  permission: 'audit_log.verify',
  schema: z.strictObject({}),
  async handler(_, { actor }) {
    await cancelVerification(actor.organization.id);
    back('cancelled');
  },
});

export const signCheckpointAction = defineFormAction({
  name: 'sign a checkpoint',
  permission: 'audit_log.verify',
  schema: z.strictObject({}),
  async handler(_, { source }) {
    back((await signCheckpoint(source)) ? 'signed' : 'covered');
  },
});
