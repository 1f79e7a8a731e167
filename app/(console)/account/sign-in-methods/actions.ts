'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { defineAction } from '@/lib/action/define-action';
import { unlinkIdentity } from '@/lib/auth/openid/identities';

export const disconnectAction = defineAction({
  name: 'disconnect sign-in method',
  permission: 'account.manage',
  schema: z.strictObject({ identity: z.uuid() }),
  async handler({ identity }, { actor, request }) {
    await unlinkIdentity(actor, identity, request);
    leave('/account?disconnected=1');
  },
});
