import { Client } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { announceCommitted } from '@/lib/audit/committed';
import { pool } from '@/lib/db/pool';
import { notifyOtherInstances } from '@/lib/siem/delivery/notify';
import { type StreamerOptions, startStreamer } from '@/lib/siem/delivery/streamer';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { pauseIntegration, resumeIntegration } from '@/lib/siem/integrations/pause-integration';
import { act, arrived, setStage, startSplunk, streamRow, upTo } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { until } from '@/test/until';

const { url } = useDatabase();

/** So long that only the other ways of waking can explain what happens within a test. */
const never = 3_600_000;

function stream(options: StreamerOptions = {}) {
  const streamer = startStreamer(options);
  onTestFinished(() => streamer.stop());
  return streamer;
}

/** Another process as the database sees it: a statement on a connection of its own, outside of our transactions. */
async function elsewhere(statement: string, ...values: unknown[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}

/** Repeats the last event of the organization, which the database numbers and seals like any other. */
const insertEvent = `
  INSERT INTO audit_event SELECT organization_id, 0, gen_random_uuid(), now(), action, outcome, actor_type, actor_id,
         actor_name, actor_email, target_type, target_id, target_name, ip, record, hash
    FROM audit_event WHERE organization_id = $1 ORDER BY seq DESC LIMIT 1`;

/** Until LISTEN stands, a message finds nobody. Answers with the session, which is another one than `gone`. */
function listening(gone = 0): Promise<number> {
  return vi.waitFor(
    async () => {
      const { rows } = await pool().query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE 'LISTEN %' AND state = 'idle' AND pid <> $1`,
        [gone],
      );
      expect(rows).toHaveLength(1);
      return rows[0]?.pid ?? 0;
    },
    { timeout: 15_000 },
  );
}

describe('the streamer sends as soon as', () => {
  it('this process commits, with no poll and no message in between', async () => {
    const { source, splunk } = await setStage();
    stream({ pollMs: never });
    await splunk.waitFor((events) => events.length === 1);
    await act(source);
    await splunk.waitFor((events) => events.length === 2);
  });

  it('another instance says that it committed, also after the connection for messages was cut', async () => {
    const { source, splunk } = await setStage();
    stream({ pollMs: never });
    await splunk.waitFor((events) => events.length === 1);
    const session = await listening();
    await elsewhere(insertEvent, source.organization.id);
    await elsewhere(`SELECT pg_notify('tracekeep_audit', $1)`, source.organization.id);
    await splunk.waitFor((events) => events.length === 2);

    await pool().query('SELECT pg_terminate_backend($1)', [session]);
    await listening(session);
    await elsewhere(insertEvent, source.organization.id);
    await elsewhere(`SELECT pg_notify('tracekeep_audit', $1)`, source.organization.id);
    await splunk.waitFor((events) => events.length === 3);
  });

  it('the next poll, when nobody said anything', async () => {
    const { source, splunk } = await setStage();
    stream({ pollMs: 200 });
    await splunk.waitFor((events) => events.length === 1);
    await elsewhere(insertEvent, source.organization.id);
    await splunk.waitFor((events) => events.length === 2);
  });

  it('an integration is added or resumed', async () => {
    const { source, splunk, id } = await setStage();
    stream({ pollMs: never });
    await splunk.waitFor((events) => events.length === 1);
    await pauseIntegration(source, id);
    await act(source, 2);
    await resumeIntegration(source, id);
    await splunk.waitFor((events) => events.length === 5);
    const second = await startSplunk();
    await createIntegration(source, { hecUrl: second.url, hecToken: second.token, index: '' });
    await second.waitFor((events) => events.length === 1);
    expect(arrived(second)).toEqual([6n]);
  });
});

describe('a burst of commits', () => {
  it('becomes one message to the other instances, and the next burst another one', async () => {
    const heard: (string | undefined)[] = [];
    const other = new Client({ connectionString: url });
    await other.connect();
    onTestFinished(() => other.end());
    other.on('notification', ({ payload }) => heard.push(payload));
    await other.query('LISTEN tracekeep_audit');
    onTestFinished(notifyOtherInstances());

    for (let n = 0; n < 5; n++) announceCommitted(['acme']);
    await until(() => expect(heard).toEqual(['acme']));
    announceCommitted(['other']);
    await until(() => expect(heard).toEqual(['acme', 'other']));
  });
});

describe('streams do not disturb one another', () => {
  it('one whose Splunk never answers delays no other, also within one organization', async () => {
    const { source, splunk: hung, id } = await setStage();
    const healthy = await startSplunk();
    await createIntegration(source, {
      hecUrl: healthy.url,
      hecToken: healthy.token,
      index: '',
      startFrom: 'beginning',
    });
    hung.answerNext({ delayMs: Number.POSITIVE_INFINITY }, 100);
    stream({ graceMs: 50 });
    await hung.waitFor((_, journal) => journal.length === 1);
    // What both integrations' creation recorded; from here on each event has to arrive before the next one happens.
    await healthy.waitFor((events) => events.length === 2);
    for (let n = 0; n < 5; n++) {
      const before = healthy.events().length;
      await act(source);
      await healthy.waitFor((events) => events.length > before);
    }
    expect(arrived(healthy)).toEqual(upTo(7));
    expect(hung.journal()).toHaveLength(1);
    expect((await streamRow(id)).cursor).toBe(0n);
  });
});

describe('stopping', () => {
  it('finishes the request under way, gives the leases back, and sends nothing afterwards', async () => {
    const { source, splunk, id } = await setStage();
    const streamer = startStreamer();
    splunk.answerNext({ delayMs: 2_000 });
    await splunk.waitFor((_, journal) => journal.length === 1);
    await streamer.stop();
    expect(await streamRow(id)).toMatchObject({ cursor: 1n, leaseOwner: null, leaseUntil: null });
    await act(source);
    expect(splunk.journal()).toHaveLength(1);
    const { rowCount } = await pool().query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'`,
    );
    expect(rowCount).toBe(0);
  });
});

describe('from commit to Splunk', () => {
  it('each of a hundred events wakes the stream by itself, or finds it awake: none waits for the poll', async () => {
    const { source, splunk } = await setStage();
    stream({ pollMs: never });
    await splunk.waitFor((events) => events.length === 1);
    for (let sent = 1; sent <= 100; sent++) {
      await act(source);
      // Now and then the stream has caught up, and must be woken; in between it must not miss what comes while it sends.
      if (sent % 5 === 0) await splunk.waitFor((events) => events.length === sent + 1);
    }
    expect(arrived(splunk)).toEqual(upTo(101));
  });
});
