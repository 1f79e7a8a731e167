import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { freePort } from '@/bin/ports';
import {
  type Complaint,
  card,
  expect,
  expectRefused,
  expectStatus,
  fill,
  press,
  refusal,
  type Typed,
  test,
} from '@/e2e/siem';
import type { Simulator } from '@/splunk/simulator/simulator';

test.describe.configure({ mode: 'parallel' });

type Stage = { simulator: Simulator; typed: Typed; serve(listener: RequestListener): Promise<string> };

type Failure = Pick<Complaint, 'field' | 'cure'> & {
  title: string;
  /** Sets it up, and says what is typed instead of what works. */
  stage(stage: Stage): Promise<Partial<Typed>> | Partial<Typed>;
  message: string | ((typed: Typed) => string);
};

const portOf = ({ hecUrl }: Typed) => new URL(hecUrl).port;

/** What Splunk, or what was taken for it, has to object to. */
const failures: Failure[] = [
  {
    title: 'a wrong token',
    stage: () => ({ hecToken: randomUUID() }),
    field: 'hecToken',
    message: 'Splunk does not know this token',
    cure: 'Check that the token belongs to this Splunk environment.',
  },
  {
    title: 'a disabled token',
    stage: ({ simulator }) => {
      simulator.disableToken(simulator.token);
      return {};
    },
    field: 'hecToken',
    message: 'This token is disabled in Splunk',
    cure: 'Settings > Data inputs > HTTP Event Collector > Enable. Also check Global Settings > All Tokens.',
  },
  {
    title: 'an index that the token may not write to',
    stage: () => ({ index: 'payroll' }),
    field: 'index',
    message: 'The token may not write to index "payroll"',
    cure: "Add the index to the token's allowed indexes, or leave Index empty.",
  },
  {
    title: 'a host where nothing listens',
    stage: async () => ({ hecUrl: `http://127.0.0.1:${await freePort()}` }),
    field: 'hecUrl',
    message: (typed) => `127.0.0.1 refused the connection on port ${portOf(typed)}`,
    cure: 'In Splunk, enable HEC (Settings > Data inputs > HTTP Event Collector > Global Settings > All Tokens: Enabled)',
  },
  {
    title: 'a host name that does not exist',
    stage: () => ({ hecUrl: 'https://splunk.invalid:8088' }),
    field: 'hecUrl',
    message: 'We could not find splunk.invalid',
    cure: 'Check the spelling.',
  },
  {
    title: 'a web page where HEC should be',
    stage: async ({ serve }) => ({
      hecUrl: await serve((_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html', Server: 'nginx/1.27' });
        response.end('<!doctype html><title>Welcome</title>');
      }),
    }),
    field: 'hecUrl',
    message: '127.0.0.1 answered with a web page from nginx, so it is not an HTTP Event Collector',
    cure: 'A proxy or Splunk Web is at this address.',
  },
  {
    title: 'a redirect to a sign-in page',
    stage: async ({ serve }) => ({
      hecUrl: await serve((_, response) => {
        response.writeHead(302, { Location: 'https://login.acme.example/?next=hec' }).end();
      }),
    }),
    field: 'hecUrl',
    message: 'The address redirects to login.acme.example, so it is not an HTTP Event Collector',
    cure: 'Use the HEC address. On Splunk Cloud trials use port 8088.',
  },
  {
    title: 'another JSON API where HEC should be',
    stage: async ({ serve }) => ({
      hecUrl: await serve((_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"fine"}');
      }),
    }),
    field: 'hecUrl',
    message: '127.0.0.1 gave an answer that HEC does not give',
    cure: 'Check host and port. HEC is usually on 8088 or 443.',
  },
  {
    title: 'a Splunk that takes the connection and never answers',
    stage: ({ simulator }) => {
      simulator.answerNext({ delayMs: Number.POSITIVE_INFINITY });
      return {};
    },
    field: 'hecUrl',
    message: '127.0.0.1 took the connection but did not reply within 10 seconds',
    cure: 'Splunk may be overloaded,',
  },
];

for (const { title, stage, field, message, cure } of failures) {
  test(`${title} is named at its field with its cure; nothing typed is lost and nothing is stored`, async ({
    adminPage: page,
    simulator,
    typed,
    serve,
    stored,
    log,
  }) => {
    const wrong = { ...typed, name: 'Prod Splunk', ...(await stage({ simulator, typed, serve })) };
    await page.goto('/settings/siem/splunk/new');
    await fill(page, wrong);
    await press(page, 'Test Connection');
    const words = typeof message === 'string' ? message : message(wrong);
    await expectRefused(page, { field, message: words, cure }, wrong);
    await expect(page.getByRole('region', { name: 'Test result' })).toContainText('failed');
    expect(await stored()).toBe(0);
    // Whoever reads the log learns of the attempt as well.
    expect((await log()).at(-1)).toMatchObject({ action: 'siem.test_connection', outcome: 'failure' });
    expect(simulator.events()).toEqual([]);
  });
}

test('a busy Splunk is no fault of any field, so only the summary says so', async ({
  adminPage: page,
  simulator,
  typed,
  stored,
}) => {
  simulator.setCondition({ queueFill: 1 });
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typed);
  await press(page, 'Test Connection');
  await expect(refusal(page)).toContainText(
    'Splunk is busy right now. Your settings may be fine. Try again in a minute.',
  );
  await expect(refusal(page)).toBeFocused();
  await expect(refusal(page).getByRole('link')).toHaveCount(0);
  expect(await stored()).toBe(0);
});

test('the eleventh test within a minute is refused in words, and reaches nobody', async ({
  adminPage: page,
  simulator,
  typed,
}) => {
  await page.goto('/settings/siem/splunk/new');
  await fill(page, typed);
  for (let sent = 1; sent <= 10; sent++) {
    await press(page, 'Test Connection');
    await expect.poll(() => simulator.events()).toHaveLength(sent);
    await expect(page.getByRole('button', { name: 'Test Connection' })).not.toHaveAttribute('aria-disabled');
  }
  await press(page, 'Test Connection');
  await expect(refusal(page)).toContainText(/More than 10 tests in a minute\. Try again in \d+ seconds\./);
  expect(simulator.events()).toHaveLength(10);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('what fails its test can be added anyway, paused, and delivers once Splunk is mended', async ({
      adminPage: page,
      simulator,
      typed,
      stored,
    }) => {
      simulator.disableToken(typed.hecToken);
      await page.goto('/settings/siem/splunk/new');
      await fill(page, typed);
      await press(page, 'Add Integration');
      await expect(refusal(page)).toContainText('This token is disabled in Splunk');
      expect(await stored()).toBe(0);

      const anyway = page.getByRole('checkbox', { name: 'Add anyway and keep it paused' });
      await expect(anyway).not.toBeChecked();
      await anyway.check();
      const requests = simulator.journal().length;
      await press(page, 'Add Integration');
      await expectStatus(page, 'It is paused.');
      await expect(card(page, 'Splunk')).toContainText('Paused');
      expect(await stored()).toBe(1);
      expect(simulator.journal()).toHaveLength(requests);

      simulator.enableToken(typed.hecToken);
      await card(page, 'Splunk').getByRole('button', { name: 'Resume' }).click();
      await simulator.waitFor((events) => events.some(({ raw }) => raw.includes('siem.integration.resume')));
      expect(simulator.events()[0]?.fields?.action).toBe('siem.integration.create');

      await card(page, 'Splunk').getByRole('link', { name: 'Delete integration', exact: true }).click();
      await page.getByRole('textbox', { name: 'Type Splunk to confirm', exact: true }).fill('Splunk');
      await press(page, 'Delete integration');
      await expectStatus(page, 'The integration was deleted.');
      expect(await stored()).toBe(0);
    });
  });
}
