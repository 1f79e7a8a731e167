import { z } from 'zod';
import { change, entry } from './entry';

/** A number of the log. JSON's own would be rounded beyond 2^53. */
const seq = z.string().max(20);
const hash = z.string().length(64);
/** Base64 of an Ed25519 signature, and the id of the key that made it. */
const signed = { key_id: hash, signature: z.string().max(88) };

const ofTheLog = { group: 'Other' as const, target: 'audit_log' as const, extension: true as const };

export const auditLogEvents = {
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
  'audit_log.checkpoint': entry({
    ...ofTheLog,
    label: 'Signed a checkpoint',
    phrase: 'signed a checkpoint of {target}',
    description: 'The end of the log was signed, so that Splunk’s copy proves what it was',
    metadata: z.strictObject({ seq, hash, time: z.iso.datetime(), ...signed }),
    cim: null,
    ocsf: { classUid: 6003, activityId: 99 },
  }),
  'audit_log.verify': entry({
    ...ofTheLog,
    label: 'Started a verification',
    phrase: 'started to verify {target}',
    description: 'The seals of a part of the log, or of all of it, are computed anew and compared',
    metadata: z.strictObject({ first_seq: seq, last_seq: seq }),
    cim: null,
    ocsf: { classUid: 6003, activityId: 2 },
  }),
  'audit_log.update_retention': entry({
    ...ofTheLog,
    label: 'Changed the retention',
    phrase: 'changed how long {target} keeps events',
    description: 'After how many days events are deleted was changed',
    // Absent: they are kept for ever. The number of events that were to go at once.
    metadata: z.strictObject({ days: z.int().min(90).optional(), events: seq }),
    cim: change('modified', 'audit_log'),
    ocsf: { classUid: 3004, activityId: 3 },
  }),
  'audit_log.delete': entry({
    ...ofTheLog,
    label: 'Deleted events past their retention',
    phrase: 'deleted events past their retention from {target}',
    description: 'The oldest events were deleted; the signed hash of the last one stays',
    metadata: z.strictObject({
      first_seq: seq,
      last_seq: seq,
      events: seq,
      retention_days: z.int().min(90),
      hash,
      time: z.iso.datetime(),
      ...signed,
    }),
    cim: change('deleted', 'audit_log'),
    ocsf: { classUid: 3004, activityId: 4 },
  }),
};
