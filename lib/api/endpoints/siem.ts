import { z } from 'zod';
import { noParameters, nothing, specify } from '@/lib/api/endpoint';

const instant = z.iso.datetime();
/** Counts may pass what a JSON number carries exactly, so they are texts. */
const count = z.string().regex(/^\d+$/);

const deliveredSchema = z.object({
  id: z.string(),
  seq: count,
  action: z.string(),
  occurred_at: instant,
  delivered_at: instant,
});

const unaccountedSchema = z.object({
  kind: z.enum(['skipped', 'beyond_log', 'rewound']),
  first_seq: count,
  last_seq: count,
  events: count,
  found_at: instant,
});

const errorSchema = z.object({
  cause: z.string().meta({ description: 'The word of docs/runbooks/siem-delivery.md.' }),
  message: z.string(),
  hint: z.string(),
  standing: z.boolean().meta({ description: 'Whether it still keeps events from being delivered.' }),
  at: instant,
  since: instant,
  http_status: z.int().nullable(),
  hec_code: z.int().nullable(),
  attempts: z.int(),
  next_attempt_at: instant.nullable(),
});

export const getSiemStatusSpec = specify({
  operationId: 'getSiemStatus',
  method: 'GET',
  path: '/siem',
  summary: 'Says how the delivery to each SIEM stands',
  description: 'Neither addresses nor tokens: how far each integration is, and what is in its way.',
  scope: 'siem:read',
  params: noParameters,
  query: noParameters,
  body: nothing,
  status: 200,
  answer: z.object({
    data: z.array(
      z
        .object({
          id: z.uuid(),
          name: z.string(),
          state: z.enum(['healthy', 'degraded', 'blocked', 'paused']),
          state_since: instant,
          paused_by: z.string().nullable(),
          waiting: count.meta({ description: 'Events that were not delivered yet.' }),
          oldest_waiting_at: instant.nullable(),
          delivered: count,
          delivered_last_24_hours: count,
          parked: z.int().meta({ description: 'Events that the SIEM refused for their content.' }),
          unaccounted: unaccountedSchema.nullable().meta({
            description: 'An alarm: events that are neither delivered nor parked nor waiting.',
          }),
          latency_ms: z
            .object({ p50: z.int(), p95: z.int() })
            .nullable()
            .meta({ description: 'From commit to the SIEM’s answer, in the last 24 hours.' }),
          last_delivered: deliveredSchema.nullable(),
          last_error: errorSchema.nullable(),
        })
        .meta({ id: 'SiemIntegration' }),
    ),
  }),
});
