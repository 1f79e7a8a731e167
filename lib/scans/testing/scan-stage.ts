import type { AuditSource } from '@/lib/audit/event';
import { createScan } from '@/lib/scans/create-scan';
import { type WorkEnd, type WorkOptions, workOn } from '@/lib/scans/jobs/work';
import { getRun, type Run } from '@/lib/scans/read-runs';
import { startScan } from '@/lib/scans/start-scan';
import { createOrganization } from '@/test/organization';

/** An organization with one scan. */
export type ScanStage = {
  readonly source: AuditSource;
  readonly org: string;
  readonly id: string;
  start(): Promise<string>;
  /** Starts the scan and sees the run through, as a worker would. */
  run(options?: Partial<WorkOptions>): Promise<Run & { end: WorkEnd }>;
};

/** Every name is this machine. */
export const lookup = async () => [{ address: '127.0.0.1', family: 4 }];

export async function stageScan(targetUrl: string): Promise<ScanStage> {
  const source = await createOrganization();
  const org = source.organization.id;
  const { id } = await createScan(source, { name: 'prod-weekly', targetUrl, description: '' });
  const start = async () => (await startScan(source, id, 'manual')).runId;
  return {
    source,
    org,
    id,
    start,
    async run(options) {
      const runId = await start();
      const end = await workOn(runId, { signal: new AbortController().signal, lookup, ...options });
      return { ...(await getRun(org, id, runId)), end };
    },
  };
}
