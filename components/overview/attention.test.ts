import { describe, expect, test } from 'vitest';
import { attentionItems, type Facts, lookedAt } from '@/components/overview/attention';
import type { ScanResult } from '@/lib/overview/scan-results';
import type { StreamBrief } from '@/lib/siem/streams';

const stream = (change: Partial<StreamBrief> = {}): StreamBrief => ({
  id: 'i1',
  name: 'Splunk',
  state: 'healthy',
  pausedBy: null,
  waiting: 0,
  parked: 0,
  cause: null,
  ...change,
});

const scan = (change: Partial<ScanResult>): ScanResult => ({
  id: 's1',
  name: 'prod-weekly',
  status: 'finished',
  endedAt: new Date('2026-11-23T02:00:00Z'),
  grade: 'B',
  findings: 3,
  newFindings: 0,
  reason: null,
  ...change,
});

const calm: Facts = {
  brokenPlaces: [],
  streams: [stream()],
  failedSignIns: { lastDay: 4, dayBefore: 0 },
  keys: [],
  invitations: { pending: 0, nextExpiry: null },
  scans: [scan({})],
};

const itemsOf = (facts: Facts, mayManageSiem = true) =>
  attentionItems(facts, { zone: 'Europe/Berlin', mayManageSiem });
const sentences = (facts: Facts, mayManageSiem?: boolean) =>
  itemsOf(facts, mayManageSiem).map(({ sentence }) => sentence);

test('a calm organization needs no attention, and it is said of what', () => {
  expect(itemsOf(calm)).toEqual([]);
  expect(lookedAt(calm)).toEqual([
    'verifications of the log',
    'delivery to Splunk',
    'failed sign-ins',
    'API keys',
    'scans',
    'invitations',
  ]);
});

test('what a role may not read is neither told nor claimed to be looked at', () => {
  expect(itemsOf({ scans: [] })).toEqual([]);
  expect(lookedAt({ scans: [] })).toEqual(['scans']);
});

test('a log that was found broken comes before everything else, with its first place', () => {
  const brokenPlaces = [
    { seq: '41', reason: 'the event is missing' },
    { seq: '52', reason: 'the event is missing' },
  ];
  expect(itemsOf({ brokenPlaces, streams: [stream({ state: 'blocked' })] })[0]).toEqual({
    tone: 'bad',
    sentence: 'The audit log is broken at No. 41: the event is missing.',
    note: 'Somebody or something changed the database past Tracekeep. There is 1 more place.',
    href: '/settings/audit-log/integrity',
    link: 'Integrity',
  });
  expect(sentences({ brokenPlaces: brokenPlaces.slice(1) })).toEqual([
    'The audit log is broken at No. 52: the event is missing.',
  ]);
});

describe('streams', () => {
  const discreet = { message: 'The Splunk server refused the connection', hint: 'Wait.' };
  const message = 'splunk.example refused the connection';
  const cause = { field: 'form' as const, cause: 'connection_refused', hint: 'Wait.', message, discreet };

  test('that do not flow are told with their cause, to those who may know the address', () => {
    const blocked = { streams: [stream({ state: 'blocked', waiting: 1, cause })] };
    expect(itemsOf(blocked)).toEqual([
      {
        tone: 'bad',
        sentence: 'Sending to Splunk has stopped: splunk.example refused the connection.',
        note: '1 event waits; nothing is lost.',
        href: '/settings/siem/splunk/i1',
        link: 'Splunk',
      },
    ]);
    expect(sentences(blocked, false)).toEqual(['Sending to Splunk has stopped.']);
    expect(sentences({ streams: [stream({ state: 'degraded' })] })).toEqual([
      'Splunk does not answer as it should.',
    ]);
    expect(sentences({ streams: [stream({ state: 'paused', pausedBy: 'Alice Fox' })] })).toEqual([
      'Sending to Splunk is paused by Alice Fox.',
    ]);
    expect(sentences({ streams: [stream({ parked: 2 })] })).toEqual([
      'Splunk refused 2 events for what they hold.',
    ]);
  });

  test('that are missing are missed, and only who may add one is led there', () => {
    expect(itemsOf({ streams: [] })).toMatchObject([{ tone: 'info', href: '/settings/siem/splunk/new' }]);
    expect(itemsOf({ streams: [] }, false)).toMatchObject([{ href: '/settings/siem' }]);
  });
});

test.each([
  [4, 0, false],
  [5, 0, true],
  [40, 21, false],
  [42, 21, true],
])('%i failed sign-ins after %i the day before: %s', (lastDay, dayBefore, told) => {
  const items = itemsOf({ failedSignIns: { lastDay, dayBefore } });
  expect(items).toHaveLength(told ? 1 : 0);
  if (told) {
    expect(items).toMatchObject([
      {
        sentence: `${lastDay} sign-ins failed in the last 24 hours, ${dayBefore} in the 24 before.`,
        href: '/settings/audit-log?action=user.login_failed&range=24h',
      },
    ]);
  }
});

test('keys, scans and invitations are named while they are few', () => {
  const key = (name: string, expired: boolean) => ({
    name,
    expired,
    expiresAt: new Date('2026-11-23T23:30:00Z'),
  });
  expect(sentences({ keys: [key('ci', true), key('grafana', false)] })).toEqual([
    'The API key ci expired while in use.',
    'The API key grafana expires on 24 Nov 2026.',
  ]);
  expect(sentences({ keys: ['a', 'b', 'c'].map((name) => key(name, false)) })).toEqual([
    'The API key a and 2 others expire within 14 days, the first on 24 Nov 2026.',
  ]);
  expect(
    itemsOf({
      scans: [
        scan({ status: 'failed', reason: 'The target did not answer.' }),
        scan({ id: 's2', name: 'a', newFindings: 1 }),
        scan({ id: 's3', name: 'b', newFindings: 2 }),
      ],
    }),
  ).toMatchObject([
    {
      sentence: 'The last run of the scan prod-weekly failed.',
      note: 'The target did not answer.',
      href: '/scans/s1',
    },
    { sentence: 'The scans a and b found 3 new problems.', href: '/scans' },
  ]);
  const nextExpiry = new Date('2026-11-24T08:00:00Z');
  expect(sentences({ invitations: { pending: 1, nextExpiry } })).toEqual([
    'One invitation waits for an answer and expires on 24 Nov 2026 09:00.',
  ]);
  expect(sentences({ invitations: { pending: 3, nextExpiry } })).toEqual([
    '3 invitations wait for an answer; the first expires on 24 Nov 2026 09:00.',
  ]);
});

test('the most urgent comes first', () => {
  const facts: Facts = {
    streams: [],
    failedSignIns: { lastDay: 50, dayBefore: 1 },
    scans: [scan({ newFindings: 1 })],
    keys: [{ name: 'ci', expired: true, expiresAt: new Date() }],
  };
  expect(itemsOf(facts).map(({ tone }) => tone)).toEqual(['bad', 'bad', 'warn', 'info']);
});
