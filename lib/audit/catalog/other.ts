import { z } from 'zod';
import { change, entry } from './entry';

const nothing = z.strictObject({});
const crud = (activityId: number) => ({ classUid: 3004 as const, activityId });

/** Where events are sent: the host and the index, never the token. */
const destination = { host: z.string().max(512), index: z.string().max(256).optional() };

const integration = (activityId: number, action: string) => ({
  group: 'Other' as const,
  target: 'siem_integration' as const,
  extension: true as const,
  cim: change(action, 'siem_integration', 'siem'),
  ocsf: crud(activityId),
});

export const otherEvents = {
  'api-key.create': entry({
    group: 'Other',
    label: 'Created an API key',
    phrase: 'created the API key {target}',
    description: 'A new API Key for system access was issued',
    target: 'api_key',
    metadata: z.strictObject({
      prefix: z.string().max(32),
      scopes: z.array(z.string().max(64)).max(32),
      expires_at: z.iso.datetime().optional(),
    }),
    cim: change('created', 'api_key'),
    ocsf: crud(1),
  }),
  'api-key.delete': entry({
    group: 'Other',
    label: 'Revoked an API key',
    phrase: 'revoked the API key {target}',
    description: 'An existing API Key was revoked or deleted',
    target: 'api_key',
    metadata: z.strictObject({ prefix: z.string().max(32) }),
    cim: change('deleted', 'api_key'),
    ocsf: crud(4),
  }),
  'audit_log.export': entry({
    group: 'Other',
    label: 'Exported audit events',
    phrase: 'exported {target}',
    description: 'Events of the audit log were written to a file',
    target: 'audit_export',
    extension: true,
    metadata: z.strictObject({
      format: z.enum(['csv', 'ndjson']),
      query: z.string().max(20_000),
      events: z.int().min(0),
      first_seq: z.string().max(20).optional(),
      last_seq: z.string().max(20).optional(),
      truncated: z.boolean(),
    }),
    cim: null,
    ocsf: { classUid: 6003, activityId: 2 },
  }),
  'siem.test_connection': entry({
    group: 'Other',
    label: 'Tested the Splunk connection',
    phrase: 'tested the connection to {target}',
    description: 'A test connection was performed to verify SIEM integration',
    target: 'siem_integration',
    metadata: z.strictObject({
      ...destination,
      test_id: z.string().max(64),
      result: z.string().max(64),
      http_status: z.int().optional(),
      hec_code: z.int().optional(),
      duration_ms: z.int().min(0).optional(),
    }),
    cim: null,
    ocsf: { classUid: 6003, activityId: 99 },
  }),
  'siem.integration.create': entry({
    ...integration(1, 'created'),
    label: 'Added a Splunk integration',
    phrase: 'added the Splunk integration {target}',
    description: 'An integration that forwards audit events was added',
    metadata: z.strictObject({ ...destination, start_seq: z.string().max(20), paused: z.boolean() }),
  }),
  'siem.integration.update': entry({
    ...integration(3, 'updated'),
    label: 'Changed a Splunk integration',
    phrase: 'changed the Splunk integration {target}',
    description: 'Settings of an integration were changed, or its token was replaced',
    metadata: z.strictObject({ fields: z.array(z.enum(['name', 'hec_url', 'index', 'token'])).max(4) }),
  }),
  'siem.integration.pause': entry({
    ...integration(9, 'modified'),
    label: 'Paused a Splunk integration',
    phrase: 'paused the Splunk integration {target}',
    description: 'Forwarding to an integration was paused; events wait',
    metadata: nothing,
  }),
  'siem.integration.resume': entry({
    ...integration(8, 'modified'),
    label: 'Resumed a Splunk integration',
    phrase: 'resumed the Splunk integration {target}',
    description: 'Forwarding to a paused integration was resumed',
    metadata: z.strictObject({ waiting: z.string().max(20) }),
  }),
  'siem.integration.delete': entry({
    ...integration(4, 'deleted'),
    label: 'Deleted a Splunk integration',
    phrase: 'deleted the Splunk integration {target}',
    description: 'An integration was removed together with its delivery position',
    metadata: z.strictObject({ ...destination, undelivered: z.string().max(20) }),
  }),
};
