import { z } from 'zod';
import { change, entry } from './entry';

const nothing = z.strictObject({});
const crud = (activityId: number) => ({ classUid: 3004 as const, activityId });

/** Where events are sent: the host and the index, never the token. */
const destination = { host: z.string().max(512), index: z.string().max(256).optional() };

/** What is sent once more, as numbers of the log. */
const range = { first_seq: z.string().max(20), last_seq: z.string().max(20), events: z.string().max(20) };

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
    metadata: z.strictObject({
      ...destination,
      start_seq: z.string().max(20),
      paused: z.boolean(),
      trust: z.enum(['system', 'ca', 'pinned']),
      heartbeat_minutes: z.int().min(1).optional(),
    }),
  }),
  'siem.integration.update': entry({
    ...integration(3, 'updated'),
    label: 'Changed a Splunk integration',
    phrase: 'changed the Splunk integration {target}',
    description: 'Settings of an integration were changed, or its token was replaced',
    metadata: z.strictObject({
      fields: z.array(z.enum(['name', 'hec_url', 'index', 'token', 'trust', 'heartbeat'])).max(6),
    }),
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
  'siem.integration.blocked': entry({
    ...integration(3, 'modified'),
    label: 'Stopped sending to Splunk',
    phrase: 'stopped sending to {target}',
    description: 'An integration was blocked by a fault that only a person can mend; events wait',
    metadata: z.strictObject({
      cause: z.string().max(64),
      http_status: z.int().optional(),
      hec_code: z.int().optional(),
      waiting: z.string().max(20),
    }),
  }),
  'siem.integration.recovered': entry({
    ...integration(3, 'modified'),
    label: 'Resumed sending to Splunk',
    phrase: 'resumed sending to {target}',
    description: 'A blocked integration recovered and delivers what waited',
    metadata: z.strictObject({ blocked_since: z.iso.datetime(), waiting: z.string().max(20) }),
  }),
  'siem.integration.replay': entry({
    ...integration(99, 'modified'),
    label: 'Started a replay to Splunk',
    phrase: 'started a replay of earlier events to {target}',
    description: 'A range of the log is sent to an integration once more',
    metadata: z.strictObject(range),
  }),
  'siem.replay.pause': entry({
    ...integration(99, 'modified'),
    label: 'Paused a replay to Splunk',
    phrase: 'paused a replay to {target}',
    description: 'A replay was paused; it stays where it is',
    metadata: z.strictObject({ ...range, sent: z.string().max(20) }),
  }),
  'siem.replay.resume': entry({
    ...integration(99, 'modified'),
    label: 'Resumed a replay to Splunk',
    phrase: 'resumed a replay to {target}',
    description: 'A paused replay goes on',
    metadata: z.strictObject({ ...range, sent: z.string().max(20) }),
  }),
  'siem.replay.cancel': entry({
    ...integration(99, 'modified'),
    label: 'Cancelled a replay to Splunk',
    phrase: 'cancelled a replay to {target}',
    description: 'A replay was ended before its range was sent',
    metadata: z.strictObject({ ...range, sent: z.string().max(20) }),
  }),
  'siem.parked.retry': entry({
    ...integration(99, 'modified'),
    label: 'Retried parked events',
    phrase: 'had parked events sent to {target} again',
    description: 'Events that Splunk had refused are sent once more',
    metadata: z.strictObject({ events: z.int().min(1), seqs: z.array(z.string().max(20)).max(20) }),
  }),
  'siem.parked.dismiss': entry({
    ...integration(99, 'modified'),
    label: 'Dismissed a parked event',
    phrase: 'dismissed an event that {target} had refused',
    description: 'An event that Splunk had refused will not be sent; it stays in the log',
    metadata: z.strictObject({ seq: z.string().max(20), reason: z.string().min(1).max(500) }),
  }),
  'siem.heartbeat': entry({
    ...integration(99, 'modified'),
    cim: null,
    label: 'Sent a heartbeat',
    phrase: 'sent a heartbeat to {target}',
    description: 'Nothing had happened for a while; this event proves that the stream still flows',
    metadata: z.strictObject({ idle_minutes: z.int().min(1) }),
  }),
  'siem.integration.delete': entry({
    ...integration(4, 'deleted'),
    label: 'Deleted a Splunk integration',
    phrase: 'deleted the Splunk integration {target}',
    description: 'An integration was removed together with its delivery position',
    metadata: z.strictObject({ ...destination, undelivered: z.string().max(20) }),
  }),
};
