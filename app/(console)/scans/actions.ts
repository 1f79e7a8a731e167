'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { scanPath, scansPath } from '@/components/scans/scan-path';
import { defineAction, defineFormAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { createScan } from '@/lib/scans/create-scan';
import { deleteScan } from '@/lib/scans/delete-scan';
import { NotFoundError } from '@/lib/scans/not-found';
import { getScan } from '@/lib/scans/read-scans';
import { cronOf } from '@/lib/scans/schedule/picker';
import { previewSchedule } from '@/lib/scans/schedule/preview';
import { repeatKinds } from '@/lib/scans/schedule/repeat-kinds';
import { parseSchedule, scheduleScan, unscheduleScan } from '@/lib/scans/schedule-scan';
import { startScan } from '@/lib/scans/start-scan';
import { stopScan } from '@/lib/scans/stop-scan';

/** A form has 1 MB at most (proxy.ts), and each field's own rule looks at the length first and names the field. */
const typed = z.string();

const gone = new UserError('This scan does not exist any more.', {
  hint: 'Somebody deleted it. Go back to Scans.',
});

/** Somebody else may have deleted it meanwhile, or the id is another organization's: nobody learns which. */
async function unlessGone<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof NotFoundError ? gone : error;
  });
}

/** Where a button stands, and so where its result is told. */
const back = z.enum(['list', 'scan']);

function resultPath(id: string, from: z.infer<typeof back>, done: string): string {
  return from === 'list' ? `${scansPath}?done=${done}&scan=${id}` : scanPath(id, `?done=${done}&scan=${id}`);
}

/** Beside the words about what somebody else did stands how things are now. */
async function freshly(work: Promise<unknown>): Promise<void> {
  await unlessGone(work).catch((error: unknown) => {
    refresh();
    throw error;
  });
}

export const createScanAction = defineAction({
  name: 'create scan',
  permission: 'scans.manage',
  // What is empty is told at once for both; the command tells the rest.
  schema: z.strictObject({
    name: typed.trim().min(1, 'Enter a name.'),
    targetUrl: typed.trim().min(1, 'Enter the target.'),
    description: typed,
  }),
  echo: ['name', 'targetUrl', 'description'],
  async handler(input, { source }) {
    const { id } = await createScan(source, input);
    leave(resultPath(id, 'scan', 'created'));
  },
});

/**
 * One action for both buttons: its answer finds back to the form that it was sent from also where, meanwhile, somebody
 * else's stop has made a button to start of it.
 */
export const startOrStopScanAction = defineAction({
  name: 'start or stop scan',
  permission: 'scans.manage',
  schema: z.strictObject({ id: z.uuid(), back, does: z.enum(['start', 'stop']) }),
  async handler({ id, back: from, does }, { source }) {
    const work = does === 'start' ? startScan(source, id, 'manual') : stopScan(source, id);
    await freshly(work);
    leave(resultPath(id, from, does === 'start' ? 'started' : 'stopped'));
  },
});

const picker = {
  repeats: z.enum(repeatKinds),
  minute: typed,
  time: typed,
  weekday: typed,
  day: typed,
  cron: typed,
  timeZone: typed,
};

export const scheduleScanAction = defineAction({
  name: 'schedule scan',
  permission: 'scans.manage',
  schema: z.strictObject({ id: z.uuid(), intent: z.enum(['preview', 'save']), ...picker }),
  echo: Object.keys(picker),
  async handler({ id, intent, timeZone, ...fields }, { source }) {
    const schedule = parseSchedule({ cron: cronOf(fields), timeZone });
    if (intent === 'preview') return { status: 'success', data: previewSchedule(schedule) };
    await unlessGone(scheduleScan(source, id, schedule));
    leave(resultPath(id, 'scan', 'scheduled'));
  },
});

export const unscheduleScanAction = defineFormAction({
  name: 'unschedule scan',
  permission: 'scans.manage',
  schema: z.strictObject({ id: z.uuid() }),
  async handler({ id }, { source }) {
    await unlessGone(unscheduleScan(source, id));
    leave(resultPath(id, 'scan', 'unscheduled'));
  },
});

export const deleteScanAction = defineAction({
  name: 'delete scan',
  permission: 'scans.manage',
  schema: z.strictObject({ id: z.uuid(), confirmation: typed.optional() }),
  echo: ['confirmation'],
  async handler({ id, confirmation = '' }, { actor, source }) {
    const { name, activeRun, lastRun } = await unlessGone(getScan(actor.organization.id, id));
    if ((activeRun || lastRun) && confirmation.trim() !== name) {
      throw new UserError(`Type ${name} to confirm`, {
        field: 'confirmation',
        hint: 'Capital letters count.',
      });
    }
    await unlessGone(deleteScan(source, id));
    leave(`${scansPath}?done=deleted`);
  },
});
