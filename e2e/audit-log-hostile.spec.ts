import { log, panel, rows, scan } from '@/e2e/audit-log';
import { expect, test } from '@/e2e/furnished';

test.describe.configure({ mode: 'parallel' });

test('hostile names are shown as text: nothing runs, nothing becomes a link, nothing hides', async ({
  adminPage: page,
  addEvents,
}) => {
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  const names: { recorded: string; shown?: string }[] = [
    { recorded: '<script>alert(1)</script>' },
    { recorded: '"><svg onload=alert(1)><img src=x onerror=alert(1)>' },
    { recorded: '=HYPERLINK("https://evil.example","open")' },
    { recorded: 'javascript:alert(1)' },
    { recorded: '{{7*7}} `id` $(id)' },
    { recorded: '__proto__' },
    // What is not seen but changes what is: it would read “invoiceexe.jpg”.
    { recorded: 'invoice\u202Egpj.exe', shown: 'invoice[U+202E]gpj.exe' },
    { recorded: 'ad\u200Bmin\u0007', shown: 'ad[U+200B]min[U+0007]' },
  ];
  const added = await addEvents(
    ...names.map(({ recorded: text }) => ({
      actor: { type: 'user' as const, id: text, name: text, email: text, role: text },
      action: 'user.update_role' as const,
      targets: [{ type: 'user' as const, id: text, name: text }],
      context: { ip: '203.0.113.7', user_agent: text, origin: 'console' as const },
      changes: [{ field: text, from: text, to: text }],
      metadata: { from: 'member' as const, to: 'admin' as const },
    })),
  );
  const main = page.getByRole('main');
  await page.goto(`${log}?action=user.update_role`);
  for (const [at, { recorded, shown = recorded }] of names.toReversed().entries()) {
    await expect(rows(page).nth(at).getByRole('cell').nth(1)).toContainText(`${shown}${shown}`);
    await expect(rows(page).nth(at).getByRole('cell').nth(3)).toHaveText(`${shown}user`);
  }
  for (const at of [0, 1, 6, 7]) {
    const { recorded = '', shown = recorded } = names[at] ?? {};
    await page.goto(`${log}?event=${added[at]?.id}`);
    await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(
      `${shown} changed the role of ${shown}`,
    );
    for (const part of [`${shown}, ${shown}, ${shown}`, `before: ${shown}`, `Device${shown}`]) {
      await expect(panel(page)).toContainText(part);
    }
    await expect(panel(page).locator('pre')).toContainText('"user_agent"');
    expect(await main.textContent(), recorded).not.toMatch(/[\u202E\u200B]/);
  }
  await expect(main.locator('script, img, iframe, [onload], [onerror]')).toHaveCount(0);
  // Links that filter have the names in their query; none leads to another place.
  const origins = await main
    .locator('a')
    .evaluateAll((links) =>
      links.map((link) => new URL(link.getAttribute('href') ?? '', location.href).origin),
    );
  expect(new Set(origins)).toEqual(new Set([new URL(page.url()).origin]));
  await page.goto('/');
  for (const { recorded, shown = recorded } of names.slice(-5)) await expect(main).toContainText(shown);
  expect(ran).toEqual([]);
});

test.describe('whatever an address says', () => {
  // Many page loads, and none of them is about JavaScript.
  test.use({ javaScriptEnabled: false });

  test('what an address says that is not understood becomes a notice, and the log is shown all the same', async ({
    adminPage: page,
    addEvents,
    neighbour,
  }) => {
    await addEvents(...Array.from({ length: 60 }, () => ({})));
    const addresses: [string, string[]][] = [
      [
        'actr=a&constructor=1&q[]=a&action=scan.explode&action=%27%20OR%201%3D1&result=maybe&range=5m&size=1000000',
        [
          'Unknown filter “actr”. It was left out. Did you mean “actor”?',
          'Unknown filter “constructor”. It was left out.',
          'Unknown filter “q[]”. It was left out.',
          'There is no action “scan.explode”. It was left out.',
          "There is no action “' OR 1=1”. It was left out.",
          'There is no result “maybe”. It is success or failure.',
          'The filter “range” cannot be “5m”.',
          'The filter “size” cannot be “1000000”.',
        ],
      ],
      [
        'from=yesterday&to=2026-13-01T00:00:00Z&q=a%00b&cursor=-1&cursor=-2&event=not-an-id&ip=10.1',
        [
          '“yesterday” is not a date and time.',
          '“2026-13-01T00:00:00Z” is not a date and time.',
          'The filter “q” holds a character that no event can hold.',
          'The filter “cursor” was given more than once.',
          '“10.1” is not an address.',
          "This link's page position no longer exists. Showing newest.",
          'The event in this link does not exist in this organization.',
        ],
      ],
      [
        `from=2026-02-31T10:00&q=${'x'.repeat(201)}&cursor=o9.AAAAAAAAAAAAAAAAAAAAAA&event=${neighbour.event.id}`,
        [
          '“2026-02-31T10:00” is not a date and time.',
          'The filter “q” is longer than 200 characters and was left out.',
          "This link's page position no longer exists. Showing newest.",
          'The event in this link does not exist in this organization.',
        ],
      ],
      [
        'from=2026-11-02T00:00&to=2026-11-01T00:00',
        ['The end of the time range is not after its beginning. It was left out.'],
      ],
    ];
    const notice = page.getByRole('main').getByRole('status');
    for (const [params, notices] of addresses) {
      const response = await page.goto(`${log}?${params}`);
      expect(response?.status(), params).toBe(200);
      for (const words of notices) await expect(notice, params).toContainText(words);
    }
    // A position belongs to the filter it was made for.
    await page.goto(log);
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(page).toHaveURL(/cursor=/);
    const cursor = new URL(page.url()).searchParams.get('cursor');
    await page.goto(`${log}?action=scan.start&cursor=${cursor}`);
    await expect(notice).toContainText('Showing newest.');
    await expect(rows(page)).toHaveCount(50);
  });

  test('signs of LIKE, SQL and regular expressions in a filter are only characters', async ({
    adminPage: page,
    addEvents,
  }) => {
    await addEvents({ targets: scan('50%_off\\') }, { targets: scan('plain') });
    for (const [text, count] of [
      ['%', 1],
      ['_', 1],
      ['\\', 1],
      ["' OR 'a'='a", 0],
      ['(a+)+$', 0],
    ] as const) {
      await page.goto(`${log}?action=scan.start&q=${encodeURIComponent(text)}`);
      await expect(rows(page), text).toHaveCount(count);
    }
  });

  test('no filter, search or position reaches the events of another organization', async ({
    adminPage: page,
    neighbour,
  }) => {
    const { organization, event, secret } = neighbour;
    for (const params of [
      '',
      `q=${secret}`,
      `q=${event.id}`,
      `event=${event.id}`,
      'action=scan.*',
      `organization=${organization.id}`,
      `organization_id=${organization.id}`,
      `orgId=${organization.id}`,
    ]) {
      const response = await page.goto(`${log}?${params}`);
      const body = (await response?.text()) ?? '';
      // What was asked for is repeated in the form, so only names that were not asked for would be a leak.
      expect(body, params).not.toContain(`${secret}-scan`);
      expect(body, params).not.toContain(organization.name);
      await expect(page.getByRole('table'), params).toHaveCount(
        /^(|org.*)$/.test(params) || params.startsWith('event') ? 1 : 0,
      );
    }
  });
});
