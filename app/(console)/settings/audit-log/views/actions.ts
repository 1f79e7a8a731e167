'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { viewsHref } from '@/components/audit/views/view-address';
import { defineAction, defineFormAction } from '@/lib/action/define-action';
import { chooseDefault, clearDefault } from '@/lib/audit-views/choose-default';
import { deleteView } from '@/lib/audit-views/delete-view';
import { changeView, saveView } from '@/lib/audit-views/save-view';
import { viewName } from '@/lib/audit-views/view-input';

/** A box that was ticked is sent; one that was not is absent. */
const box = z.literal('on').optional();

export const saveViewAction = defineAction({
  name: 'save view',
  permission: 'audit_log.read',
  schema: z.strictObject({ query: z.string(), name: viewName, shared: box, first: box }),
  echo: ['name', 'shared', 'first'],
  async handler({ query, name, shared, first }, { actor }) {
    const id = await saveView(actor, { name, query, shared: shared === 'on' });
    if (first) await chooseDefault(actor, id);
    redirect(viewsHref('saved', id));
  },
});

export const changeViewAction = defineAction({
  name: 'change view',
  permission: 'audit_log.read',
  schema: z.strictObject({ id: z.uuid(), name: viewName, shared: box }),
  echo: ['name', 'shared'],
  async handler({ id, name, shared }, { actor }) {
    await changeView(actor, id, { name, shared: shared === 'on' });
    redirect(viewsHref('changed', id));
  },
});

export const chooseDefaultViewAction = defineFormAction({
  name: 'choose the view that opens first',
  permission: 'audit_log.read',
  schema: z.strictObject({ id: z.uuid(), does: z.enum(['choose', 'clear']) }),
  async handler({ id, does }, { actor }) {
    if (does === 'clear') await clearDefault(actor);
    // One that is gone meanwhile is missing in the list that follows.
    else if (await chooseDefault(actor, id)) redirect(viewsHref('default', id));
    redirect(viewsHref('no-default'));
  },
});

export const deleteViewAction = defineAction({
  name: 'delete view',
  permission: 'audit_log.read',
  schema: z.strictObject({ id: z.uuid() }),
  async handler({ id }, { actor }) {
    await deleteView(actor, id);
    redirect(viewsHref('deleted'));
  },
});
