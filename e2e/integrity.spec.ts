import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, expectToFitNarrowScreen } from '@/e2e/accessible';
import { expect, refusal, signIn, test } from '@/e2e/furnished';
import { expectStatus, press } from '@/e2e/siem';

const integrity = '/settings/audit-log/integrity';
const retention = '/settings/audit-log/retention';
const daysAgo = (days: number) => ({ time: new Date(Date.now() - days * 86_400_000) });

async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Loads the page anew until the background has done what was asked: a page without JavaScript is only as new as that. */
async function untilSaid(page: Page, path: string, words: string): Promise<void> {
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByRole('main')).toContainText(words, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the log is signed, compared with a copy and verified, and what is broken is named', async ({
      adminPage: page,
      addEvents,
      query,
      organization,
    }) => {
      await addEvents({}, {}, {});
      await open(page, '/settings/audit-log', 'Audit Log');
      await page.getByRole('link', { name: 'Integrity', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Integrity');
      await expect(part(page, 'Checkpoints')).toContainText('No checkpoint yet');

      await press(page, 'Sign now');
      await expectStatus(page, 'The end of the log is signed.');
      const [signed] = await query<{ seq: string; hash: string; record: string }>(
        `SELECT seq, encode(hash, 'hex') AS hash, record FROM audit_event
          WHERE organization_id = $1 AND action = 'audit_log.checkpoint'`,
        [organization.id],
      );
      const { metadata } = JSON.parse(signed?.record ?? '{}');
      await expect(part(page, 'Checkpoints').getByRole('row')).toContainText([
        'Signature',
        `up to No. ${metadata.seq}`,
      ]);
      await expect(part(page, 'Checkpoints')).toContainText('Every event is covered by a checkpoint.');
      const arriving = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download key', exact: true }).click();
      const key = await arriving;
      expect(key.suggestedFilename()).toBe('tracekeep-checkpoint-key.pem');
      expect(await readFile(await key.path(), 'utf8')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);

      // Splunk's copy: one that is the same, one of a log that went further, one that is no number at all.
      const compare = async (seq: string, hash: string) => {
        await page.getByLabel('seq', { exact: true }).fill(seq);
        await page.getByLabel('hash', { exact: true }).fill(hash);
        await press(page, 'Compare');
      };
      await compare(metadata.seq, metadata.hash);
      await expectStatus(page, `No. ${metadata.seq} is the same here.`);
      await compare('9000', metadata.hash);
      await expectStatus(page, 'The log ends before No. 9000.');
      await compare('last', metadata.hash);
      await expect(refusal(page)).toContainText('Enter the number of an event');

      await open(page, integrity, 'Integrity');
      await page.getByLabel('From No. (optional)').fill('500');
      await press(page, 'Verify');
      await expect(refusal(page)).toContainText('There is no event in this range.');
      await expect(page.getByLabel('From No. (optional)')).toHaveValue('500');
      await page.getByLabel('From No. (optional)').fill('');
      await press(page, 'Verify');
      await expectStatus(page, 'The verification was started.');
      await untilSaid(page, integrity, 'are as they were sealed.');

      // Somebody with the database's password: the next event is sealed behind what is not there.
      await query(`UPDATE audit_head SET hash = sha256('x') WHERE organization_id = $1`, [organization.id]);
      await press(page, 'Sign now');
      await expectStatus(page, 'The end of the log is signed.');
      await press(page, 'Verify');
      await expectStatus(page, 'The verification was started.');
      await untilSaid(page, integrity, 'Broken at No.');
      await expect(part(page, 'Verification')).toContainText('Keep a copy of the database as it is.');
      await expect(part(page, 'Earlier verifications').getByRole('row')).toHaveCount(2);
      if (!javaScriptEnabled) return;
      await expectAccessible(page);
      await expectToFitNarrowScreen(page);
    });
  });
}

test('retention tells what goes, deletes it, waits for what is not delivered, and the log says where it begins', async ({
  page,
  admin,
  addEvents,
  addIntegration,
  query,
  organization,
}) => {
  // Before anybody signs in: what happens after is younger.
  await addEvents(...Array.from({ length: 6 }, (_, at) => daysAgo(900 - at)), daysAgo(200), {}, {});
  const id = await addIntegration('paused', 'Slow Splunk');
  const settle = (seq: number) =>
    query('UPDATE siem_stream SET cursor = $2, proven_seq = $2 WHERE integration_id = $1', [id, seq]);
  await settle(4);
  await signIn(page, admin);

  await open(page, integrity, 'Integrity');
  await expect(part(page, 'Retention')).toContainText('Events are kept for ever.');
  await page.getByRole('link', { name: 'Change retention', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Retention');
  await page.getByLabel('Keep events').selectOption('400 days');
  await press(page, 'Continue');
  const change = part(page, 'What changes');
  await expect(change).toContainText('6 events will be deleted');
  await expect(change).toContainText('2 events of them wait for an integration');
  await expectAccessible(page);
  await press(page, 'Delete 6 events and change retention');
  await expectStatus(page, 'Events are kept for 400 days from now on.');
  await untilSaid(page, retention, 'The log begins with No. 5.');
  await expect(page.getByRole('main')).toContainText('2 events are past the retention and not deleted yet');
  await expect(page.getByRole('link', { name: 'Slow Splunk', exact: true })).toHaveAttribute(
    'href',
    /splunk/,
  );
  await expectToFitNarrowScreen(page);

  await settle(9);
  await untilSaid(page, retention, 'The log begins with No. 7.');
  await open(page, '/settings/audit-log', 'Audit Log');
  await expect(page.getByRole('main')).toContainText(
    /Events before .+ have been deleted \(400-day retention\)/,
  );
  await open(page, integrity, 'Integrity');
  await press(page, 'Verify');
  await expectStatus(page, 'The verification was started.');
  await untilSaid(page, integrity, 'are as they were sealed.');
  const deleted = await query<{ record: string }>(
    `SELECT record FROM audit_event WHERE organization_id = $1 AND action = 'audit_log.delete' ORDER BY seq`,
    [organization.id],
  );
  expect(deleted.map(({ record }) => JSON.parse(record).metadata.last_seq)).toEqual(['4', '6']);
});
