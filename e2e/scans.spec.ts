import { createScan, expect, state, test, untilFinished } from '@/e2e/scans';
import { expectStatus, press, refusal } from '@/e2e/siem';

// Workers, a browser and two servers share whatever else the machine does.
test.describe.configure({ mode: 'parallel' });

test('a scan finds what is wrong with a target, and says what was fixed once it is', async ({
  adminPage: page,
  admin,
  serve,
  serveSelfSigned,
  scanEvents,
}) => {
  let headers: Record<string, string> = { server: 'nginx/1.25.3', 'set-cookie': 'sid=1' };
  const target = await serve((_request, response) => response.writeHead(200, headers).end('<h1>Shop</h1>'));

  await test.step('a target that nobody may reach is refused at its field, and nothing typed is lost', async () => {
    await page.goto('/scans');
    await expect(page.getByRole('heading', { name: 'No scans yet' })).toBeVisible();
    await page.getByRole('link', { name: 'New scan' }).click();
    await press(page, 'Create scan');
    await expect(refusal(page)).toContainText('2 things to put right');
    await page.getByRole('textbox', { name: 'Name' }).fill('shop');
    await page.getByRole('textbox', { name: 'Target' }).fill('http://169.254.169.254/latest/meta-data');
    await press(page, 'Create scan');
    await refusal(page).getByRole('link', { name: 'Target points to a private address' }).click();
    await expect(page.getByRole('textbox', { name: 'Target' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('shop');
  });

  const id = await createScan(page, 'shop', target);
  await expectStatus(page, 'shop was created.');
  await expect(page.getByRole('heading', { name: 'This scan has never run' })).toBeVisible();
  await press(page, 'Start');
  await untilFinished(page, 'F');
  await expect(page.getByRole('status').filter({ hasText: 'shop finished with grade F' })).toHaveCount(1);
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings.getByRole('heading', { level: 3 })).toHaveText([
    'The page is served without encryption',
    'There is no content security policy',
    'Any site can show the page in a frame',
    'Browsers may guess the type of a file',
    'A cookie can be read by scripts',
    'A cookie does not say whether other sites may send it',
    'The server tells the version of its software',
    'How much of an address other sites see is left to the browser',
  ]);
  await expect(findings).toContainText('server: nginx/1.25.3');
  await expect(findings).toContainText('Remove these headers, or at least the version');

  await test.step('the target is mended', async () => {
    headers = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'x-powered-by': 'Express' };
    await press(page, 'Start');
    await expect(findings).toContainText('1 new and 5 fixed since the run before.', { timeout: 20_000 });
    await expect(findings.getByText('Any site can show the page in a frame')).toBeVisible();
    const fresh = findings.getByRole('listitem').filter({ hasText: 'The server tells the name' });
    await expect(fresh).toContainText('New');
    await expect(page.getByRole('region', { name: 'History' })).toContainText('1 new, 5 fixed');
  });

  await test.step('a run can be taken along as a file', async () => {
    await page.getByRole('region', { name: 'History' }).getByRole('link').first().click();
    await expect(page.getByRole('region', { name: 'Requests' })).toContainText(`${target}/`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as JSON' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe('scan-run.json');
    const response = await page.request.get(`${page.url()}/export`);
    expect(response.headers()['content-disposition']).toContain('attachment');
    expect(await response.json()).toMatchObject({
      scan: { id, name: 'shop', targetUrl: `${target}/` },
      run: { status: 'finished', grade: 'F', newFindings: 1, fixedFindings: 5 },
    });
  });

  await test.step('a certificate that nobody vouches for is an F', async () => {
    await createScan(page, 'intranet', await serveSelfSigned());
    await press(page, 'Start');
    await untilFinished(page, 'F');
    await expect(findings).toContainText('The certificate is self-signed');
  });

  const who = `user ${admin.name}`;
  const run = expect.stringMatching(/^[0-9a-f-]{36}$/);
  const started = { action: 'scan.start', outcome: 'success', actor: who, run_id: run, trigger: 'manual' };
  const finished = {
    action: 'scan.finish',
    outcome: 'success',
    actor: 'system Scanner',
    run_id: run,
    grade: 'F',
  };
  expect(await scanEvents()).toEqual([
    { action: 'scan.create', outcome: 'success', actor: who, target_url: `${target}/` },
    started,
    { ...finished, findings: 8 },
    started,
    { ...finished, findings: 4 },
    expect.objectContaining({ action: 'scan.create' }),
    started,
    { ...finished, findings: 1 },
  ]);
});

test('a run is stopped in the middle; who comes too late is told who was faster; a member only watches', async ({
  adminPage: page,
  openAs,
  serve,
  scanEvents,
  organization,
  query,
}) => {
  // Each request takes almost as long as a scan waits, and then leads on: a minute in which there is something to stop.
  const target = await serve((request, response) => {
    const onward = () => response.writeHead(302, { location: `${request.url}again/` }).end();
    setTimeout(onward, 12_000).unref();
  });
  const [member, colleague] = [await openAs('member'), await openAs('admin')];
  const id = await createScan(page, 'slow shop', target);
  await test.step('nothing is said to run before the server has said so', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const address = (url: URL) => url.pathname === `/scans/${id}`;
    await page.route(address, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await press(page, 'Start');
    await expect(page.getByRole('button', { name: 'Starting…', exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'This scan has never run' })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    release();
    await page.unrouteAll({ behavior: 'wait' });
  });
  await expect(page.getByRole('progressbar', { name: 'Progress of slow shop' })).toHaveAttribute(
    'value',
    /^[1-6]0$/,
  );
  await expect(state(page)).toContainText(`Asking ${new URL(target).host}`);

  // Somebody else of the organization looks at the same page.
  await colleague.goto('/scans');
  await colleague.getByRole('button', { name: 'Pause refreshing' }).click();

  await test.step('a member sees it run, without a way to interfere', async () => {
    await member.goto('/scans');
    await expect(member.getByRole('progressbar', { name: 'Progress of slow shop' })).toBeVisible();
    await expect(member.getByRole('main').getByRole('button', { name: /Start|Stop/ })).toHaveCount(0);
    await expect(member.getByRole('link', { name: 'New scan' })).toHaveCount(0);
    await member.getByRole('link', { name: 'slow shop' }).click();
    await expect(member.getByRole('button', { name: 'Pause refreshing' })).toBeVisible();
    for (const hidden of ['Change schedule', 'Add schedule', 'Delete scan', 'View in audit log']) {
      await expect(member.getByRole('link', { name: hidden })).toHaveCount(0);
    }
    for (const path of ['/scans/new', `/scans/${id}/schedule`, `/scans/${id}/delete`]) {
      expect((await member.goto(path))?.status(), path).toBe(403);
    }
  });

  await press(page, 'Stop');
  await expectStatus(page, 'slow shop was stopped.');
  await expect(state(page)).toContainText('Alice Fox stopped this scan');
  await colleague.getByRole('button', { name: 'Stop slow shop' }).click();
  await expect(colleague.getByRole('main').getByRole('alert')).toHaveText(
    /Alice Fox stopped this scan \d+ s ago\. There is nothing left to stop\./,
  );

  expect((await scanEvents()).map(({ action }) => action)).toEqual([
    'scan.create',
    'scan.start',
    'scan.stop',
  ]);
  // The worker lets go, so that the next run need not wait for it.
  await expect
    .poll(() =>
      query('SELECT 1 FROM scan_run WHERE organization_id = $1 AND heartbeat_at IS NOT NULL', [
        organization.id,
      ]),
    )
    .toEqual([]);
});
