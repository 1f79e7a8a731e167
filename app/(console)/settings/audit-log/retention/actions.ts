'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { retentionPath } from '@/components/integrity/paths';
import { defineAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { readDays } from './read-days';

export const setRetentionAction = defineAction({
  name: 'set retention',
  permission: 'audit_log.manage',
  confirmed: true,
  schema: z.strictObject({ days: z.string(), events: z.coerce.number().int().min(0) }),
  async handler({ days: typed, events }, { source }) {
    const days = readDays(typed);
    if (days === undefined)
      throw new UserError('This is none of the choices.', { hint: 'Choose how long events are kept.' });
    await setRetention(source, { days, confirmed: events });
    leave(`${retentionPath}?done=changed`);
  },
});
