import { keyOf } from '@/e2e/contract/api-key-steps';
import { scanTarget } from '@/e2e/contract/scan-steps';
import type { Stage } from '@/e2e/contract/stage';
import type { Steps } from '@/e2e/contract/step';
import { expect } from '@/e2e/siem';
import type { AuditAction } from '@/lib/audit/catalog';

const name = 'edge';
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const monthly = { cron: '15 4 1 * *', time_zone: 'UTC' };

type Call = { method: 'POST' | 'PUT' | 'DELETE'; path?: string; body?: object };

/** Calls the API with the key that the page shows, about the one scan of these steps. */
async function call(stage: Stage, { method, path = '', body }: Call): Promise<void> {
  const key = await stage.page.getByLabel('API key', { exact: true }).inputValue();
  const response = await fetch(new URL(`/api/v1/scans${path}`, stage.page.url()), {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'x-forwarded-for': stage.ip,
      'user-agent': stage.userAgent,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function callAboutScan(stage: Stage, { path = '', ...rest }: Call): Promise<void> {
  const { id } = await scanTarget(stage, name);
  await call(stage, { ...rest, path: `/${id}${path}` });
}

async function byKey(stage: Stage) {
  const { target } = await keyOf(stage);
  return {
    from: 'api' as const,
    actor: { type: 'api_key' as const, id: target.id, name: target.name, role: 'admin' },
    targets: [await scanTarget(stage, name)],
  };
}

/** Everything that a program may do with a key, done by one. */
export const apiSteps: Steps<Exclude<Extract<AuditAction, `scan.${string}`>, 'scan.finish'>> = {
  'scan.create': async (stage) => {
    const target = stage.targets.silent;
    await call(stage, { method: 'POST', body: { name, target_url: target } });
    return { ...(await byKey(stage)), metadata: { target_url: `${target}/` } };
  },
  'scan.schedule': async (stage) => {
    await callAboutScan(stage, { method: 'PUT', path: '/schedule', body: monthly });
    const changes = [
      { field: 'cron', to: monthly.cron },
      { field: 'time_zone', to: monthly.time_zone },
    ];
    return { ...(await byKey(stage)), changes, metadata: monthly };
  },
  'scan.unschedule': async (stage) => {
    await callAboutScan(stage, { method: 'DELETE', path: '/schedule' });
    const changes = [
      { field: 'cron', from: monthly.cron },
      { field: 'time_zone', from: monthly.time_zone },
    ];
    return { ...(await byKey(stage)), changes, metadata: {} };
  },
  'scan.start': async (stage) => {
    await callAboutScan(stage, { method: 'POST', path: '/start' });
    return { ...(await byKey(stage)), metadata: { run_id: uuid, trigger: 'api' } };
  },
  'scan.stop': async (stage) => {
    await callAboutScan(stage, { method: 'POST', path: '/stop' });
    return { ...(await byKey(stage)), metadata: { run_id: uuid } };
  },
  'scan.delete': async (stage) => {
    const told = await byKey(stage);
    await callAboutScan(stage, { method: 'DELETE' });
    return { ...told, metadata: {} };
  },
};
