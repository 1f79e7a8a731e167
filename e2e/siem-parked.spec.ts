import type { Page } from '@playwright/test';
import {
  addIntegration,
  delivered,
  expect,
  expectInSplunk,
  expectStatus,
  press,
  refusal,
  test,
} from '@/e2e/siem';

test.describe.configure({ mode: 'parallel' });

const refused = (text: string) => ({
  status: 400,
  body: { text, code: 12, 'invalid-event-number': 0 },
});

const row = (page: Page, seq: number) => page.getByRole('row').filter({ hasText: `No. ${seq},` });
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('an event that Splunk refuses stands on its page until it is retried with success or dismissed with a reason', async ({
      adminPage: page,
      admin,
      organization,
      simulator,
      typed,
      addEvents,
      query,
      log,
    }) => {
      await addIntegration(page, typed);
      await expectInSplunk(simulator, async () => (await log()).slice(-1));
      const [integration] = await query<{ id: string }>(
        'SELECT id FROM siem_integration WHERE organization_id = $1',
        [organization.id],
      );
      const path = `/settings/siem/splunk/${integration?.id}/parked`;
      const until = (check: () => Promise<void>, address = path) =>
        expect(async () => {
          await page.goto(address);
          await check();
        }).toPass({ timeout: 20_000 });
      const soon = { timeout: 1_000 };
      simulator.answerNext(refused('Event field is required'), 3);
      const [first, second, third] = (await addEvents({}, {}, {})).map(({ seq }) => seq);
      if (!first || !second || !third) throw new Error('an event is missing');

      await test.step('each is there with its sentence, Splunk’s words, and the way to the log', async () => {
        await until(() => expect(page.getByRole('row')).toHaveCount(4, soon));
        await expect(row(page, first)).toContainText('Event field is required');
        await expect(row(page, first)).toContainText('HTTP 400, code 12');
        await expect(row(page, first)).toContainText('refused once');
        const sentence = row(page, first).getByRole('link', { name: /^Alice Fox started/ });
        const event = (await log()).find(({ seq }) => seq === first);
        await expect(sentence).toHaveAttribute('href', `/settings/audit-log/${event?.id}`);
      });

      await test.step('one is retried and arrives', async () => {
        await press(page, `Retry No. ${first}`);
        await expectStatus(page, `Event No. ${first} is sent again.`);
        await until(() => expect(row(page, first)).toContainText('In Splunk', soon), `${path}?show=settled`);
        expect(delivered(simulator).map(({ raw }) => raw.includes(`"event":{"seq":${first},`))).toContain(
          true,
        );
      });

      await test.step('another one is refused again, with the new reason', async () => {
        await page.goto(path);
        simulator.answerNext(refused('Still odd'));
        await press(page, `Retry No. ${second}`);
        await expectStatus(page, `Event No. ${second} is sent again.`);
        await until(() => expect(row(page, second)).toContainText('refused 2 times', soon));
        await expect(row(page, second)).toContainText('Still odd');
      });

      await test.step('one is dismissed, which takes a reason', async () => {
        await page.getByRole('link', { name: `Dismiss No. ${third}`, exact: true }).click();
        await expect(heading(page)).toHaveText(`Dismiss event No. ${third}`);
        await expect(page.getByRole('main')).toContainText('Event field is required');
        await press(page, 'Dismiss event');
        await expect(refusal(page)).toContainText('Enter a reason');
        await page.getByRole('textbox', { name: 'Reason' }).fill('A rehearsal of ours');
        await press(page, 'Dismiss event');
        await expectStatus(page, `Event No. ${third} was dismissed.`);
        await page.getByRole('link', { name: /^Settled/ }).click();
        await expect(row(page, third)).toContainText(`Dismissed by ${admin.name}`);
        await expect(row(page, third)).toContainText('A rehearsal of ours');
      });

      await test.step('all are retried, and nothing is left', async () => {
        await page.goto(path);
        await page.getByRole('link', { name: 'Retry all', exact: true }).click();
        await expect(heading(page)).toHaveText('Retry all parked events');
        await expect(page.getByRole('main')).toContainText('1 event is sent to Splunk again');
        await press(page, 'Retry all');
        await expectStatus(page, 'All parked events are sent again.');
        await until(() => expect(page.getByText('No event is parked', { exact: true })).toBeVisible(soon));
        await expect(page.getByRole('link', { name: 'Retry all', exact: true })).toHaveCount(0);
      });

      const told = (await log())
        .filter(({ action }) => action.startsWith('siem.parked.'))
        .map(({ record }) => JSON.parse(record).metadata);
      expect(told).toEqual([
        { events: 1, seqs: [String(first)] },
        { events: 1, seqs: [String(second)] },
        { seq: String(third), reason: 'A rehearsal of ours' },
        { events: 1, seqs: [String(second)] },
      ]);
    });
  });
}

test('an auditor reads the parked events page by page, and finds nothing to press', async ({
  openAs,
  addIntegration: addRestingIntegration,
  addEvents,
  addParked,
}) => {
  const id = await addRestingIntegration('healthy');
  const events = await addEvents(...Array.from({ length: 51 }, () => ({})));
  for (const { seq } of events) await addParked(id, seq);
  const page = await openAs('auditor');
  await page.goto(`/settings/siem/splunk/${id}/parked`);
  await expect(page.getByRole('row')).toHaveCount(51);
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row(page, events.at(-1)?.seq ?? 0)).toContainText('Parked');
  await page.getByRole('link', { name: 'First page' }).click();
  await expect(page.getByRole('row')).toHaveCount(51);
  expect((await page.request.get(`/settings/siem/splunk/${id}/parked/retry`)).status()).toBe(403);
});
