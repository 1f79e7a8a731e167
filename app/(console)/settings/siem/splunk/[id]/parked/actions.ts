'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { parkedHref } from '@/components/siem/parked-address';
import { defineAction, defineFormAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { dismissParked } from '@/lib/siem/parked/dismiss-parked';
import { retryParked } from '@/lib/siem/parked/retry-parked';

const seq = z.string().regex(/^\d{1,18}$/);

/** An integration that is gone has no parked events left to retry; the page that follows says that it is gone. */
async function countRetried(work: Promise<{ retried: number }>): Promise<number> {
  const { retried } = await work.catch((error: unknown) => {
    if (error instanceof NotFoundError) return { retried: 0 };
    throw error;
  });
  return retried;
}

export const retryParkedAction = defineFormAction({
  name: 'retry parked event',
  permission: 'siem.manage',
  schema: z.strictObject({ id: z.uuid(), seq }),
  async handler({ id, seq }, { source }) {
    const retried = await countRetried(retryParked(source, id, [seq]));
    leave(parkedHref(id, retried === 0 ? { done: 'not-parked' } : { done: 'retried', seq }));
  },
});

export const retryAllParkedAction = defineFormAction({
  name: 'retry all parked events',
  permission: 'siem.manage',
  schema: z.strictObject({ id: z.uuid() }),
  async handler({ id }, { source }) {
    const retried = await countRetried(retryParked(source, id, 'all'));
    leave(parkedHref(id, { done: retried === 0 ? 'not-parked' : 'all-retried' }));
  },
});

export const dismissParkedAction = defineAction({
  name: 'dismiss parked event',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), seq, reason: z.string() }),
  echo: ['reason'],
  async handler({ id, seq, reason }, { source }) {
    await dismissParked(source, id, seq, reason).catch(explain);
    leave(parkedHref(id, { done: 'dismissed', seq }));
  },
});

function explain(error: unknown): never {
  if (error instanceof NotFoundError)
    throw new UserError('This integration does not exist any more.', { hint: 'Go back to SIEM.' });
  if (!(error instanceof RefusedError)) throw error;
  const [problem] = error.problems;
  if (!problem) throw error;
  const { field, message, hint } = problem;
  throw new UserError(message, { hint, ...(field !== 'form' && { field }) });
}
