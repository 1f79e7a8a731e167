import { expect, test } from '@/e2e/furnished';
import { post, readForm } from '@/e2e/replay';

test('what belongs to another organization, to nobody, or to another page answers as if it did not exist', async ({
  adminPage: page,
  playwright,
  baseURL,
  addScan,
  neighbour,
  query,
}) => {
  const own = await addScan('finished', 'shop');
  const nobody = crypto.randomUUID();
  const strange = [
    [neighbour.scan.id, neighbour.scan.runId],
    [own.id, neighbour.scan.runId],
    [neighbour.scan.id, own.runId],
    [nobody, nobody],
    ['x', "'"],
  ];
  for (const [id, runId] of strange) {
    const below = [`/runs/${runId}`, `/runs/${runId}/export`];
    for (const path of id === own.id ? below : ['', '/schedule', '/delete', '?after=x', ...below]) {
      const response = await page.request.get(`/scans/${id}${path}`);
      expect(response.status(), path).toBe(404);
      expect((await response.text()).includes(neighbour.secret), path).toBe(false);
    }
  }
  expect((await page.request.get(`/scans/${own.id}?after=x`)).status()).toBe(200);

  const everything = () =>
    query('SELECT * FROM scan LEFT JOIN scan_run ON scan_id = scan.id WHERE scan.organization_id = $1', [
      neighbour.organization.id,
    ]);
  const before = await everything();
  const origin = baseURL ?? '';
  const selects = { repeats: 'daily', weekday: '1', day: '1', timeZone: 'UTC' };
  const forms: [path: string, label: string, fields: Record<string, string>][] = [
    ['/scans', 'Start shop', {}],
    [`/scans/${own.id}/schedule`, 'Show next runs', { ...selects, intent: 'save' }],
    [`/scans/${own.id}/schedule`, 'Remove schedule', {}],
    [`/scans/${own.id}/delete`, 'Delete scan', { confirmation: `${neighbour.secret}-shop` }],
  ];
  for (const [path, label, fields] of forms) {
    const form = await readForm(page, path, label);
    for (const id of [neighbour.scan.id, nobody, 'x', '']) {
      const response = await post(page.request, form, { origin, fields: { ...fields, id } });
      expect(response.status(), `${label} ${id}`).toBeLessThan(500);
      expect((await response.text()).includes(neighbour.organization.name), label).toBe(false);
    }
  }
  expect(await everything()).toEqual(before);

  const stranger = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
  expect((await stranger.get(`/scans/${own.id}/runs/${own.runId}/export`)).status()).toBe(401);
  await stranger.dispose();
});
