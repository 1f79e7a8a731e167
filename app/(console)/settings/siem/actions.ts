'use server';

import { z } from 'zod';
import { leave } from '@/app/(console)/leave';
import { type ActionContext, defineAction, defineFormAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { timeZone } from '@/lib/auth/preferences';
import { parseConnection, parseConnectionPart } from '@/lib/siem/integrations/connection';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { deleteIntegration } from '@/lib/siem/integrations/delete-integration';
import { parseHeartbeat, typedMinutes } from '@/lib/siem/integrations/heartbeat-setting';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { checkTogether, NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { retryNow } from '@/lib/siem/integrations/retry-now';
import { countEarlier, parseStartPoint, type StartPoint } from '@/lib/siem/integrations/start-point';
import { storedConnection } from '@/lib/siem/integrations/stored-connection';
import { testConnection } from '@/lib/siem/integrations/test-connection';
import { typedTrust } from '@/lib/siem/integrations/typed-trust';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';
import type { TlsTrust } from '@/lib/siem/splunk/trust';
import { getIntegrationStatus } from '@/lib/siem/status';
import { answerSubmission, type Submission } from './submission';

const siem = '/settings/siem';

/** A form has 1 MB at most (proxy.ts), and each field's own rule looks at the length first and names the field. */
const typed = z.string();

const submission = {
  // The button that trusts a certificate tests it.
  intent: z.enum(['test', 'save']).default('test'),
  hecToken: typed,
  draft: z.uuid().optional(),
  anyway: z.literal('on').optional(),
  live: z.literal('on').optional(),
};
const settings = {
  name: typed,
  hecUrl: typed,
  index: typed,
  trust: z.enum(['system', 'ca', 'pinned']).optional(),
  caCertificate: typed.optional(),
  caFile: typed.optional(),
  fingerprint: typed.optional(),
  pin: typed.optional(),
  heartbeat: typed.optional(),
};
const echo = ['name', 'hecUrl', 'index', 'trust', 'fingerprint', 'start', 'startFrom', 'heartbeat'];
const files = ['caFile'];

const ownerOf = ({ actor }: ActionContext) => ({
  organizationId: actor.organization.id,
  userId: actor.user.id,
});

export const addIntegrationAction = defineAction({
  name: 'add integration',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({
    ...submission,
    ...settings,
    start: z.enum(['now', 'date', 'beginning']).default('now'),
    startFrom: typed.optional(),
  }),
  echo,
  files,
  async handler({ start, startFrom: day = '', ...input }, context) {
    const zone = await timeZone();
    const name = input.name || undefined;
    const heartbeatMinutes = typedMinutes(input.heartbeat);
    const trust = typedTrust(input);
    let startFrom: StartPoint = 'now';
    return answerSubmission(input, {
      owner: ownerOf(context),
      async connect(token) {
        const typed = { ...input, trust, hecToken: token ?? input.hecToken };
        checkTogether(
          () => parseConnection(typed),
          () => parseHeartbeat(heartbeatMinutes),
          () => {
            startFrom = parseStartPoint({ start, day }, zone);
          },
        );
        return parseConnection(typed);
      },
      countEarlier: async () =>
        startFrom instanceof Date
          ? (await countEarlier(context.actor.organization.id, startFrom)).events
          : undefined,
      test: (connection, onSteps) => testConnection(context.source, connection, { name }, { onSteps }),
      async save({ token }) {
        const added = await createIntegration(context.source, {
          name,
          hecUrl: input.hecUrl,
          hecToken: token,
          index: input.index,
          trust,
          startFrom,
          heartbeatMinutes,
          paused: input.anyway !== undefined,
        });
        return `${siem}?added=${added.id}`;
      },
    });
  },
});

export const editIntegrationAction = defineAction({
  name: 'edit integration',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ ...submission, ...settings, id: z.uuid() }),
  echo,
  files,
  handler: ({ id, ...input }, context) => change(id, input, context),
});

export const replaceTokenAction = defineAction({
  name: 'replace token',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ ...submission, id: z.uuid() }),
  handler: ({ id, ...input }, context) => change(id, input, context, true),
});

export const sendTestEventAction = defineAction({
  name: 'send test event',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), live: submission.live }),
  handler: ({ id, live }, context) => change(id, { intent: 'test', hecToken: '', live }, context),
});

export const countEarlierAction = defineAction({
  name: 'count earlier events',
  permission: 'siem.manage',
  schema: z.strictObject({ startFrom: typed }),
  async handler({ startFrom: day }, { actor }) {
    try {
      const startFrom = parseStartPoint({ start: 'date', day }, await timeZone());
      const { events } = await countEarlier(actor.organization.id, startFrom);
      return { status: 'success', data: events };
    } catch (error) {
      if (error instanceof RefusedError) throw new UserError(error.problems[0]?.message ?? '', {});
      throw error;
    }
  },
});

type Changes = Submission & {
  name?: string;
  hecUrl?: string;
  index?: string;
  heartbeat?: string | undefined;
};

/** An empty token field keeps the stored token, unless the page exists to replace it. */
function change(id: string, input: Changes, context: ActionContext, tokenNeeded = false) {
  const { name, hecUrl, index, heartbeat } = input;
  const organizationId = context.actor.organization.id;
  const empty = input.hecToken.trim() === '';
  const tokenOf = (token: string | undefined) =>
    token ?? (empty && !tokenNeeded ? undefined : input.hecToken);
  const heartbeatMinutes = heartbeat === undefined ? undefined : typedMinutes(heartbeat);
  let hecToken: string | undefined;
  let trust: TlsTrust | undefined;
  let storedName: string | undefined;
  return answerSubmission(input, {
    owner: ownerOf(context),
    async connect(token) {
      hecToken = tokenOf(token);
      trust = await changedTrust(organizationId, id, input);
      const typed = { hecUrl, index, hecToken, trust };
      checkTogether(
        () => parseConnectionPart(typed),
        () => parseHeartbeat(heartbeatMinutes ?? null),
      );
      const stored = await storedConnection(organizationId, id, typed);
      storedName = stored.name;
      return stored.connection;
    },
    test: (connection, onSteps) =>
      testConnection(context.source, connection, { id, name: name ?? storedName }, { onSteps }),
    async save() {
      const changes = { name, hecUrl, index, hecToken, trust, heartbeatMinutes };
      await updateIntegration(context.source, id, changes);
      return `${siem}?changed=${id}`;
    },
  });
}

/** The page does not hold the stored authority: an empty field keeps it. */
async function changedTrust(
  organizationId: string,
  id: string,
  input: Changes,
): Promise<TlsTrust | undefined> {
  const trust = typedTrust(input);
  if (trust?.kind !== 'ca' || trust.pem !== '') return trust;
  const stored = await getIntegrationStatus(organizationId, id);
  return stored?.trust.kind === 'ca' ? undefined : trust;
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
