import { z } from 'zod';
import { change, entry } from './entry';

const nothing = z.strictObject({});
const scan = { group: 'Scan' as const, target: 'scan' as const };
const crud = (activityId: number) => ({ classUid: 3004 as const, activityId });
const application = (activityId: number) => ({ classUid: 6007 as const, activityId });

export const scanEvents = {
  'scan.create': entry({
    ...scan,
    label: 'Created a scan',
    phrase: 'created the scan {target}',
    description: 'A new scan profile or task was created',
    metadata: z.strictObject({ target_url: z.string().max(2048) }),
    cim: change('created', 'scan', 'scan'),
    ocsf: crud(1),
  }),
  'scan.delete': entry({
    ...scan,
    label: 'Deleted a scan',
    phrase: 'deleted the scan {target}',
    description: 'Existing scan settings or result data were deleted',
    metadata: nothing,
    cim: change('deleted', 'scan', 'scan'),
    ocsf: crud(4),
  }),
  'scan.start': entry({
    ...scan,
    label: 'Started a scan',
    phrase: 'started the scan {target}',
    description: 'A scan task was started manually or by schedule',
    metadata: z.strictObject({ run_id: z.uuid(), trigger: z.enum(['manual', 'schedule', 'api']) }),
    cim: change('started', 'scan', 'scan'),
    ocsf: application(1),
  }),
  'scan.stop': entry({
    ...scan,
    label: 'Stopped a scan',
    phrase: 'stopped the scan {target}',
    description: 'An active scan task was manually stopped by a user',
    metadata: z.strictObject({ run_id: z.uuid() }),
    cim: change('stopped', 'scan', 'scan'),
    ocsf: application(3),
  }),
  'scan.schedule': entry({
    ...scan,
    label: 'Scheduled a scan',
    phrase: 'scheduled the scan {target}',
    description: 'A scan was scheduled to run at a specific time',
    metadata: z.strictObject({ cron: z.string().max(100), time_zone: z.string().max(64) }),
    cim: change('created', 'scan_schedule', 'scan'),
    ocsf: crud(1),
  }),
  'scan.unschedule': entry({
    ...scan,
    label: 'Removed a scan schedule',
    phrase: 'removed the schedule of the scan {target}',
    description: 'A previously configured scan schedule was removed',
    metadata: nothing,
    cim: change('deleted', 'scan_schedule', 'scan'),
    ocsf: crud(4),
  }),
  'scan.finish': entry({
    ...scan,
    label: 'Finished a scan',
    phrase: 'finished the scan {target}',
    description: 'A scan task ended by itself, with or without findings',
    extension: true,
    metadata: z.strictObject({
      run_id: z.uuid(),
      grade: z.string().max(2).optional(),
      findings: z.int().min(0).optional(),
      reason: z.string().max(500).optional(),
    }),
    cim: change('stopped', 'scan', 'scan'),
    ocsf: application(2),
  }),
};
