'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { replayHref } from '@/components/siem/replay-address';
import { defineFormAction } from '@/lib/action/define-action';
import { timeZone } from '@/lib/auth/preferences';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { cancelReplay, pauseReplay, resumeReplay } from '@/lib/siem/replay/change-replay';
import { isUsable } from '@/lib/siem/replay/read-times';
import { startReplay } from '@/lib/siem/replay/start-replay';
import { instantToZoned } from '@/lib/zoned-time';

const instant = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .refine(isUsable);

/** What cannot be started any more: the preview of the same time says why, and an integration that is gone is not found. */
function isRefusal(error: unknown): boolean {
  return error instanceof RefusedError || error instanceof NotFoundError;
}

export const startReplayAction = defineFormAction({
  name: 'start replay',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), from: instant, to: instant }),
  async handler({ id, from, to }, { source }) {
    const started = await startReplay(source, id, { from, to }).catch((error: unknown) => {
      if (isRefusal(error)) return undefined;
      throw error;
    });
    if (started) leave(replayHref(id, { done: 'started' }));
    const zone = await timeZone();
    leave(replayHref(id, { from: instantToZoned(from, zone), to: instantToZoned(to, zone) }));
  },
});

const ofReplay = {
  permission: 'siem.manage',
  schema: z.strictObject({ id: z.uuid(), integration: z.uuid() }),
} as const;

/** A replay that went with its integration is no fault; the page that follows shows that it is gone. */
async function unlessGone(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error;
  });
}

export const pauseReplayAction = defineFormAction({
  name: 'pause replay',
  ...ofReplay,
  async handler({ id, integration }, { source }) {
    await unlessGone(pauseReplay(source, id));
    leave(replayHref(integration, { done: 'paused' }));
  },
});

export const resumeReplayAction = defineFormAction({
  name: 'resume replay',
  ...ofReplay,
  async handler({ id, integration }, { source }) {
    await unlessGone(resumeReplay(source, id));
    leave(replayHref(integration, { done: 'resumed' }));
  },
});

export const cancelReplayAction = defineFormAction({
  name: 'cancel replay',
  ...ofReplay,
  async handler({ id, integration }, { source }) {
    await unlessGone(cancelReplay(source, id));
    leave(replayHref(integration, { done: 'cancelled' }));
  },
});
