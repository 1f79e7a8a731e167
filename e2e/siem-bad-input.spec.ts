import {
  type Complaint,
  expect,
  expectRefused,
  expectStatus,
  field,
  fill,
  hiddenFields,
  post,
  press,
  refusal,
  type Typed,
  test,
} from '@/e2e/siem';

test.describe.configure({ mode: 'parallel' });

type Mistake = Complaint & { title: string; typed: Partial<Typed> };

/** What is wrong before anybody is asked. */
const mistakes: Mistake[] = [
  {
    title: 'a malformed URL',
    typed: { hecUrl: 'https://splunk.acme.example:99999' },
    field: 'hecUrl',
    message: 'HEC URL is not an address',
    cure: 'Enter it as https://host:port, with a port from 1 to 65535.',
  },
  {
    title: "the port of Splunk's web pages",
    typed: { hecUrl: 'https://splunk.acme.example:8000/en-US/app/search' },
    field: 'hecUrl',
    message: 'HEC URL uses port 8000, which is usually Splunk Web',
    cure: 'HEC normally listens on 8088 (Enterprise, trials) or 443 (Cloud).',
  },
  {
    title: 'plain HTTP to another machine',
    typed: { hecUrl: 'http://splunk.acme.example:8088' },
    field: 'hecUrl',
    message: 'HEC URL must start with https://',
    cure: 'Events contain personal data, so plain HTTP is not used.',
  },
  {
    title: 'the metadata service of a cloud',
    typed: { hecUrl: 'https://169.254.169.254' },
    field: 'hecUrl',
    message: 'HEC URL points to a private address',
    cure: 'Ask your operator to allow it, or use a reachable address.',
  },
  {
    title: 'a missing token',
    typed: { hecToken: '' },
    field: 'hecToken',
    message: 'Enter the HEC token',
    cure: 'In Splunk: Settings > Data inputs > HTTP Event Collector.',
  },
  {
    title: 'a masked token',
    typed: { hecToken: '••••••••-••••-••••-••••-••••••••c0d1' },
    field: 'hecToken',
    message: 'HEC Token is a hidden value, not the token itself',
    cure: 'Show the token in Splunk and copy it.',
  },
  {
    title: 'an index with capitals',
    typed: { index: 'Audit' },
    field: 'index',
    message: 'Index must be in lower case',
    cure: 'Splunk would know it as audit.',
  },
];

test('what is wrong is said at its field before anybody is asked; nothing typed is lost and nothing is stored', async ({
  adminPage: page,
  simulator,
  typed,
  stored,
  actions,
}) => {
  for (const [at, { title, typed: wrong, ...complaint }] of mistakes.entries()) {
    const button = at % 2 === 0 ? 'Test Connection' : 'Add Integration';
    await test.step(`${button} with ${title}`, async () => {
      await page.goto('/settings/siem/splunk/new');
      await fill(page, { ...typed, ...wrong });
      await press(page, button);
      await expectRefused(page, complaint, { ...typed, ...wrong });
    });
  }
  expect(await stored()).toBe(0);
  expect(await actions()).toEqual(['user.login']);
  expect(simulator.journal()).toEqual([]);
});

test('every problem is named at once', async ({ adminPage: page, stored }) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, { index: '_internal' });
  await press(page, 'Add Integration');
  await expect(refusal(page).getByRole('heading')).toHaveText('3 things to put right');
  await expect(refusal(page).getByRole('link')).toHaveText([
    'Enter the HEC URL',
    'Enter the HEC token',
    'Index must start with a letter or a digit',
  ]);
  expect(await stored()).toBe(0);
});

test('a token with a line break, which only a program can send, is refused at its field', async ({
  adminPage: page,
  simulator,
  typed,
  stored,
}) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typed);
  // An input drops line breaks by itself.
  await page.locator('form', { has: field(page, 'hecUrl') }).evaluate((form) => {
    form.addEventListener('formdata', (event) => {
      if (event instanceof FormDataEvent)
        event.formData.set('hecToken', '0a5c6d7e-1f20\r\n4a31-8b42-5c6d7e8f9a0b');
    });
  });
  await press(page, 'Add Integration');
  const complaint: Complaint = {
    field: 'hecToken',
    message: 'HEC Token contains a line break',
    cure: 'Paste only the token value.',
  };
  await expectRefused(page, complaint, typed);
  expect(await stored()).toBe(0);
  expect(simulator.journal()).toEqual([]);
});

const tenMegabytes = 'a'.repeat(10 * 1024 * 1024);

test('an index of ten megabytes is refused at its field, and nothing typed is lost', async ({
  adminPage: page,
  typed,
  stored,
}) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, { ...typed, name: 'Prod Splunk' });
  await field(page, 'index').evaluate((input, value) => {
    if (input instanceof HTMLInputElement) input.value = value;
  }, tenMegabytes);
  await press(page, 'Test Connection');
  await expect(refusal(page)).toContainText('1 MB');
  await expect(refusal(page)).toBeFocused();
  await expect(field(page, 'hecUrl')).toHaveValue(typed.hecUrl);
  await expect(field(page, 'hecToken')).toHaveValue(typed.hecToken);
  await expect(field(page, 'name')).toHaveValue('Prod Splunk');
  expect(await field(page, 'index').evaluate((input) => 'value' in input && String(input.value).length)).toBe(
    tenMegabytes.length,
  );
  expect(await stored()).toBe(0);

  await fill(page, { index: 'audit' });
  await press(page, 'Add Integration');
  await expectStatus(page, 'Splunk integration added: Prod Splunk.');
});

test('where the server does not answer, nothing typed is lost', async ({
  adminPage: page,
  typed,
  stored,
}) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typed);
  await page.route('**/*', (route) =>
    route.request().method() === 'POST' ? route.abort('connectionreset') : route.fallback(),
  );
  await press(page, 'Add Integration');
  await expect(refusal(page)).toContainText(
    'The server did not answer. Check your connection and try again.',
  );
  await expect(refusal(page)).toBeFocused();
  await expect(field(page, 'hecUrl')).toHaveValue(typed.hecUrl);
  await expect(field(page, 'hecToken')).toHaveValue(typed.hecToken);
  await expect(field(page, 'index')).toHaveValue(typed.index);
  expect(await stored()).toBe(0);

  await page.unroute('**/*');
  await press(page, 'Add Integration');
  await expectStatus(page, 'Splunk integration added: Splunk.');
  expect(await stored()).toBe(1);
});

test('an index of twenty thousand characters is refused by the server in the words of its field', async ({
  adminPage: page,
  typed,
  stored,
}) => {
  const wrong = { ...typed, index: 'a'.repeat(20_000) };
  await page.goto('/settings/siem/splunk/new');
  await fill(page, wrong);
  await press(page, 'Test Connection');
  const complaint: Complaint = {
    field: 'index',
    message: 'Index is longer than 255 characters',
    cure: 'Copy its name from Splunk.',
  };
  await expectRefused(page, complaint, wrong);
  expect(await stored()).toBe(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('ten megabytes are answered 413 with the limit, a token with a line break in the words of its field', async ({
    adminPage: page,
    simulator,
    typed,
    stored,
    actions,
  }) => {
    await page.goto('/settings/siem/splunk/new');
    const hidden = await hiddenFields(page.locator('form', { has: field(page, 'hecUrl') }));
    const values = { ...hidden, ...typed, name: '', intent: 'save' };
    const tooLong = await post(page, { ...values, index: tenMegabytes });
    expect(tooLong.status()).toBe(413);
    expect(await tooLong.text()).toContain('What was sent is longer than 1 MB, the limit for one form');

    const broken = await post(page, { ...values, hecToken: 'first\r\nsecond' });
    expect(broken.status()).toBe(200);
    expect(await broken.text()).toContain('HEC Token contains a line break');
    expect(await stored()).toBe(0);
    expect(await actions()).toEqual(['user.login']);
    expect(simulator.journal()).toEqual([]);
  });
});
