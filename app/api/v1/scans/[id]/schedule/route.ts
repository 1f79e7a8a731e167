import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { scheduleScanSpec, unscheduleScanSpec } from '@/lib/api/endpoints/scans';
import { ApiProblem } from '@/lib/api/problem';
import { getScan } from '@/lib/scans/read-scans';
import { scheduleScan, unscheduleScan } from '@/lib/scans/schedule-scan';
import { describeSchedule } from '../../describe-scan';
import { orNotFound } from '../../or-not-found';

const schedule = defineEndpoint(scheduleScanSpec, async ({ params, body, source, organizationId }) => {
  const { cron, time_zone: timeZone } = body;
  await orNotFound(scheduleScan(source, params.id, { cron, timeZone }));
  const scan = await orNotFound(getScan(organizationId, params.id));
  // Somebody else may have taken the schedule away at the same moment.
  if (!scan.schedule) throw new ApiProblem('not-found', 'The scan has no schedule any more.');
  return describeSchedule(scan.schedule);
});

const unschedule = defineEndpoint(unscheduleScanSpec, ({ params, source }) =>
  orNotFound(unscheduleScan(source, params.id)),
);

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ PUT: schedule, DELETE: unschedule });
