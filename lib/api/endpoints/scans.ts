import { z } from 'zod';
import { noParameters, nothing, specify } from '@/lib/api/endpoint';
import { pageParameters } from '@/lib/api/paging';
import { reportSchema } from '@/lib/scans/report';

const read = 'scans:read';
const write = 'scans:write';

const instant = z.iso.datetime();
const ofScan = z.strictObject({ id: z.uuid() });
const gone = ['not-found'] as const;
const judged = ['not-found', 'refused'] as const;

const run = {
  id: z.uuid(),
  status: z.enum(['queued', 'running', 'finished', 'failed', 'stopped']),
  trigger: z.enum(['manual', 'schedule', 'api']),
  started_by: z.string().nullable().meta({ description: 'A person or a key; null for the scheduler.' }),
  created_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
  attempt: z.int().meta({ description: 'How many times a worker took it up.' }),
  progress: z.int().min(0).max(100),
  step: z.string().nullable(),
  grade: z
    .string()
    .nullable()
    .meta({ description: 'A to F; null until the run has finished, like the counts.' }),
  finding_count: z.int().nullable(),
  new_findings: z.int().nullable().meta({ description: 'Compared with the finished run before it.' }),
  fixed_findings: z.int().nullable(),
  reason: z.string().nullable().meta({ description: 'Why it failed, or who stopped it.' }),
};
const runSchema = z.object(run).meta({ id: 'ScanRun' });

const scheduleSchema = z
  .object({ cron: z.string(), time_zone: z.string(), next_run_at: instant })
  .meta({ id: 'ScanSchedule' });

const scanSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    target_url: z.string(),
    description: z.string(),
    created_by: z.string(),
    created_at: instant,
    schedule: scheduleSchema.nullable(),
    active_run: runSchema.nullable().meta({ description: 'Queued or running; there is at most one.' }),
    last_run: runSchema.nullable().meta({ description: 'The last one that ended, however it did.' }),
    last_finished: runSchema.nullable().meta({ description: 'The last one with findings and a grade.' }),
  })
  .meta({ id: 'Scan' });

const { comparedWith, ...report } = reportSchema.shape;
const detailedRunSchema = z
  .object({
    ...run,
    report: z
      .object({ ...report, compared_with: comparedWith })
      .nullable()
      .meta({
        description: 'What was found; null unless the run finished.',
      }),
  })
  .meta({ id: 'ScanRunWithReport' });

const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    data: z.array(row),
    next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one.' }),
  });

export const listScansSpec = specify({
  operationId: 'listScans',
  method: 'GET',
  path: '/scans',
  summary: 'Lists scans by name',
  scope: read,
  params: noParameters,
  query: z.strictObject(pageParameters),
  body: nothing,
  status: 200,
  answer: pageOf(scanSchema),
});

export const createScanSpec = specify({
  operationId: 'createScan',
  method: 'POST',
  path: '/scans',
  summary: 'Creates a scan',
  description: 'Nothing is fetched until it is started or its schedule is due.',
  scope: write,
  params: noParameters,
  query: noParameters,
  body: z.strictObject({
    name: z.string().max(300),
    target_url: z.string().max(2_048).meta({ description: 'An http or https address.' }),
    description: z.string().max(4_000).default(''),
  }),
  status: 201,
  answer: scanSchema,
  problems: ['refused'],
});

export const getScanSpec = specify({
  operationId: 'getScan',
  method: 'GET',
  path: '/scans/{id}',
  summary: 'Returns one scan',
  scope: read,
  params: ofScan,
  query: noParameters,
  body: nothing,
  status: 200,
  answer: scanSchema,
  problems: gone,
});

export const deleteScanSpec = specify({
  operationId: 'deleteScan',
  method: 'DELETE',
  path: '/scans/{id}',
  summary: 'Deletes a scan with its runs and findings',
  description: 'A run that is under way ends with it. What happened stays in the audit log.',
  scope: write,
  params: ofScan,
  query: noParameters,
  body: nothing,
  status: 204,
  answer: nothing,
  problems: gone,
});

export const startScanSpec = specify({
  operationId: 'startScan',
  method: 'POST',
  path: '/scans/{id}/start',
  summary: 'Starts a scan',
  description: 'A worker takes the run up within seconds. Refused while one is under way.',
  scope: write,
  params: ofScan,
  query: noParameters,
  body: nothing,
  status: 202,
  answer: z.object({ run_id: z.uuid() }),
  problems: judged,
});

export const stopScanSpec = specify({
  operationId: 'stopScan',
  method: 'POST',
  path: '/scans/{id}/stop',
  summary: 'Stops the run that is under way',
  description: 'Refused when none is.',
  scope: write,
  params: ofScan,
  query: noParameters,
  body: nothing,
  status: 204,
  answer: nothing,
  problems: judged,
});

export const scheduleScanSpec = specify({
  operationId: 'scheduleScan',
  method: 'PUT',
  path: '/scans/{id}/schedule',
  summary: 'Has a scan started by a schedule, in place of any it had',
  scope: write,
  params: ofScan,
  query: noParameters,
  body: z.strictObject({
    cron: z.string().max(200).meta({ description: 'Five fields; every 15 minutes at most.' }),
    time_zone: z.string().max(100).meta({ description: 'An IANA name such as Europe/Berlin.' }),
  }),
  status: 200,
  answer: scheduleSchema,
  problems: judged,
});

export const unscheduleScanSpec = specify({
  operationId: 'unscheduleScan',
  method: 'DELETE',
  path: '/scans/{id}/schedule',
  summary: 'Takes a scan’s schedule away',
  description: 'Does nothing when it has none.',
  scope: write,
  params: ofScan,
  query: noParameters,
  body: nothing,
  status: 204,
  answer: nothing,
  problems: gone,
});

export const listRunsSpec = specify({
  operationId: 'listScanRuns',
  method: 'GET',
  path: '/scans/{id}/runs',
  summary: 'Lists a scan’s runs, the newest first',
  scope: read,
  params: ofScan,
  query: z.strictObject(pageParameters),
  body: nothing,
  status: 200,
  answer: pageOf(runSchema),
  problems: gone,
});

export const getRunSpec = specify({
  operationId: 'getScanRun',
  method: 'GET',
  path: '/scans/{id}/runs/{runId}',
  summary: 'Returns one run with what it found',
  scope: read,
  params: z.strictObject({ id: z.uuid(), runId: z.uuid() }),
  query: noParameters,
  body: nothing,
  status: 200,
  answer: detailedRunSchema,
  problems: gone,
});
