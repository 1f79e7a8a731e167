'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { type ActionContext, defineAction, defineFormAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { parseConnection } from '@/lib/siem/integrations/connection';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { deleteIntegration } from '@/lib/siem/integrations/delete-integration';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { NotFoundError } from '@/lib/siem/integrations/refusal';
import { retryNow } from '@/lib/siem/integrations/retry-now';
import { storedConnection } from '@/lib/siem/integrations/stored-connection';
import { testConnection } from '@/lib/siem/integrations/test-connection';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import { getIntegrationStatus } from '@/lib/siem/status';
import { answerSubmission } from './submission';

const siem = '/settings/siem';

/** A form has 1 MB at most (proxy.ts), and each field's own rule looks at the length first and names the field. */
const typed = z.string();

const submission = {
  intent: z.enum(['test', 'save']),
  hecToken: typed,
  draft: z.uuid().optional(),
  anyway: z.literal('on').optional(),
};
const settings = { name: typed, hecUrl: typed, index: typed };
const echo = ['name', 'hecUrl', 'index'];

const ownerOf = ({ actor }: ActionContext) => ({
  organizationId: actor.organization.id,
  userId: actor.user.id,
});

export const addIntegrationAction = defineAction({
  name: 'add integration',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ ...submission, ...settings }),
  echo,
  handler: (input, context) =>
    answerSubmission(input, {
      owner: ownerOf(context),
      connect: (token) => parseConnection({ ...input, hecToken: token ?? input.hecToken }),
      test: (connection) => testConnection(context.source, connection, { name: input.name || undefined }),
      save: async ({ token }) => {
        const { id } = await createIntegration(context.source, {
          ...input,
          hecToken: token,
          name: input.name || undefined,
          paused: input.anyway !== undefined,
        });
        return `${siem}?added=${id}`;
      },
    }),
});

export const editIntegrationAction = defineAction({
  name: 'edit integration',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ ...submission, ...settings, id: z.uuid() }),
  echo,
  handler: ({ id, ...input }, context) => change(id, input, context),
});

export const replaceTokenAction = defineAction({
  name: 'replace token',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ ...submission, id: z.uuid() }),
  handler: ({ id, ...input }, context) => change(id, input, context, true),
});

type Changes = {
  intent: 'test' | 'save';
  hecToken: string;
  draft?: string | undefined;
  anyway?: 'on' | undefined;
} & {
  name?: string;
  hecUrl?: string;
  index?: string;
};

/** An empty token field keeps the stored token, unless the page exists to replace it. */
function change(id: string, input: Changes, context: ActionContext, tokenNeeded = false) {
  const { name, hecUrl, index } = input;
  const empty = input.hecToken.trim() === '';
  const tokenOf = (token: string | undefined) =>
    token ?? (empty && !tokenNeeded ? undefined : input.hecToken);
  let hecToken: string | undefined;
  let storedName: string | undefined;
  return answerSubmission(input, {
    owner: ownerOf(context),
    connect: async (token) => {
      hecToken = tokenOf(token);
      const organizationId = context.actor.organization.id;
      const stored = await storedConnection(organizationId, id, { hecUrl, index, hecToken });
      storedName = stored.name;
      return stored.connection;
    },
    test: (connection) => testConnection(context.source, connection, { id, name: name ?? storedName }),
    save: async () => {
      await updateIntegration(context.source, id, { name, hecUrl, index, hecToken });
      return `${siem}?changed=${id}`;
    },
  });
}

/** An integration that somebody else deleted meanwhile is no fault; the page that follows shows that it is gone. */
async function unlessGone(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error;
  });
}

const onlyId = z.strictObject({ id: z.uuid() });

export const pauseIntegrationAction = defineFormAction({
  name: 'pause integration',
  permission: 'siem.manage',
  confirmed: true,
  schema: onlyId,
  async handler({ id }, { source }) {
    await unlessGone(pauseIntegration(source, id));
    leave(siem);
  },
});

export const resumeIntegrationAction = defineFormAction({
  name: 'resume integration',
  permission: 'siem.manage',
  schema: onlyId,
  async handler({ id }, { source }) {
    await unlessGone(resumeIntegration(source, id));
    leave(siem);
  },
});

/** What it does to a stream is told by the stream: an answer within the request would keep its sender waiting. */
export const retryIntegrationAction = defineFormAction({
  name: 'retry integration',
  permission: 'siem.manage',
  schema: onlyId,
  async handler({ id }, { actor }) {
    await unlessGone(retryNow(actor.organization.id, id));
    leave(`${siem}/splunk/${id}?retried=1`);
  },
});

export const deleteIntegrationAction = defineAction({
  name: 'delete integration',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), confirmation: typed }),
  echo: ['confirmation'],
  async handler({ id, confirmation }, { actor, source }) {
    const integration = await getIntegrationStatus(actor.organization.id, id);
    if (!integration)
      throw new UserError('This integration does not exist any more.', { hint: 'Go back to SIEM.' });
    if (confirmation.trim() !== integration.name) {
      throw new UserError(`Type ${integration.name} to confirm`, {
        field: 'confirmation',
        hint: 'Capital letters count.',
      });
    }
    await unlessGone(deleteIntegration(source, id));
    leave(`${siem}?deleted=1`);
  },
});
