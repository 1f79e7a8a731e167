import { z } from 'zod';

const instant = z.iso.datetime();
const integration = z.object({ id: z.uuid(), name: z.string() });

/** Where an event stands with each integration of the organization. */
export const eventDeliverySchema = z
  .discriminatedUnion('state', [
    z
      .object({
        integration,
        state: z.literal('delivered'),
        delivered_at: instant,
        approximate: z.boolean().meta({
          description: 'True after thirty days: it was delivered within the hour before `delivered_at`.',
        }),
        attempts: z.int().meta({ description: 'The attempt that succeeded.' }),
        latency_ms: z.int().meta({ description: 'From the event to the SIEM’s answer.' }),
      })
      .meta({ title: 'Delivered' }),
    z
      .object({
        integration,
        state: z.literal('waiting'),
        ahead: z.int().meta({ description: 'Events that go first.' }),
        stream: z
          .enum(['healthy', 'degraded', 'blocked', 'paused'])
          .meta({ description: 'The state of the integration, which says whether something holds it back.' }),
      })
      .meta({ title: 'Waiting' }),
    z
      .object({
        integration,
        state: z.literal('parked'),
        reason: z.string().meta({ description: 'Why the SIEM refuses the event, in its words.' }),
        parked_at: instant,
        retrying: z.boolean().meta({ description: 'An admin asked for another attempt.' }),
      })
      .meta({ title: 'Parked' }),
    z
      .object({
        integration,
        state: z.literal('dismissed'),
        reason: z.string(),
        dismissal: z.string().meta({ description: 'Why an admin decided that it will not be sent.' }),
        dismissed_by: z.string().nullable(),
        dismissed_at: instant,
      })
      .meta({ title: 'Dismissed' }),
    z.object({ integration, state: z.literal('before_start') }).meta({
      title: 'BeforeStart',
      description: 'The integration sends only what came after it was added.',
    }),
    z.object({ integration, state: z.literal('unaccounted') }).meta({
      title: 'Unaccounted',
      description:
        'It was passed over, and nothing proves that the SIEM has it. Settings > SIEM shows an alarm.',
    }),
  ])
  .meta({ id: 'EventDelivery' });
