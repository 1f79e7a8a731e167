import { db } from '@/lib/db/client';
import { createScan } from '@/lib/scans/create-scan';
import { deleteScan } from '@/lib/scans/delete-scan';
import { claimRun } from '@/lib/scans/jobs/claim';
import { failRun, finishRun } from '@/lib/scans/jobs/finish';
import { maxDeaths, recoverRuns } from '@/lib/scans/jobs/recover';
import { startDueScans } from '@/lib/scans/jobs/scheduler';
import { scheduleScan, unscheduleScan } from '@/lib/scans/schedule-scan';
import { startScan } from '@/lib/scans/start-scan';
import { stopScan } from '@/lib/scans/stop-scan';
import { stageScan } from '@/lib/scans/testing/scan-stage';
import type { Prepare } from '@/test/forced-failure/world';
import { createOrganization } from '@/test/organization';

const target = 'https://www.example.com/';
const weekly = { cron: '0 2 * * 1', timeZone: 'Europe/Berlin' };

async function scheduled() {
  const stage = await stageScan(target);
  await scheduleScan(stage.source, stage.id, weekly);
  return stage;
}

/** A run that this worker has. */
async function claimed() {
  const { start } = await stageScan(target);
  const claim = await claimRun(await start());
  if (!claim) throw new Error('somebody else has the run');
  return claim;
}

/** Commands about scans, those of the scheduler and of the workers among them. */
export const scans: Record<string, Prepare> = {
  async createScan() {
    const source = await createOrganization();
    return () => createScan(source, { name: 'prod-weekly', targetUrl: target, description: '' });
  },
  async startScan() {
    const { source, id } = await stageScan(target);
    return () => startScan(source, id, 'manual');
  },
  async stopScan() {
    const { source, id, start } = await stageScan(target);
    await start();
    return () => stopScan(source, id);
  },
  async deleteScan() {
    const { source, id, start } = await stageScan(target);
    await start();
    return () => deleteScan(source, id);
  },
  async scheduleScan() {
    const { source, id } = await stageScan(target);
    return () => scheduleScan(source, id, weekly);
  },
  async unscheduleScan() {
    const { source, id } = await scheduled();
    return () => unscheduleScan(source, id);
  },
  async startDueScans() {
    const { id } = await scheduled();
    await db().$executeRaw`UPDATE scan SET next_run_at = now() WHERE id = ${id}::uuid`;
    return () => startDueScans();
  },
  async finishRun() {
    const claim = await claimed();
    return () => finishRun(claim, { findings: [], visits: [] });
  },
  async failRun() {
    const claim = await claimed();
    return () => failRun(claim, 'Nobody answered.');
  },
  async recoverRuns() {
    const { runId } = await claimed();
    await db().$executeRaw`
      UPDATE scan_run SET broke_off = ${maxDeaths}, heartbeat_at = now() - interval '1 hour' WHERE id = ${runId}::uuid`;
    return () => recoverRuns();
  },
};
