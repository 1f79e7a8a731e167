import { randomBytes } from 'node:crypto';
import type { AuditEvent, AuditSource } from '@/lib/audit/event';
import { buildRecord, recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { takeAttempt, waitingTime } from '@/lib/auth/rate-limit';
import { eventOrigin } from '@/lib/siem/delivery/origin';
import { type Connection, hostOf } from '@/lib/siem/integrations/connection';
import { type PresentedCertificate, presented } from '@/lib/siem/integrations/presented-certificate';
import { type ConfigurationField, RefusedError } from '@/lib/siem/integrations/refusal';
import { diagnosisTarget } from '@/lib/siem/integrations/target';
import { TestProgress, type TestStep } from '@/lib/siem/integrations/test-steps';
import { createHecClient, type HecClientOptions } from '@/lib/siem/splunk/client';
import { diagnose } from '@/lib/siem/splunk/diagnose';
import { encodeEvent, sourcetype } from '@/lib/siem/splunk/envelope';
import { classify, type Outcome } from '@/lib/siem/splunk/outcome';
import { type Payload, pack } from '@/lib/siem/splunk/payload';
import type { HecReply } from '@/lib/siem/splunk/reply';
import { requestHeaders } from '@/lib/siem/splunk/request-headers';

export type { PresentedCertificate } from '@/lib/siem/integrations/presented-certificate';
export type { TestStep } from '@/lib/siem/integrations/test-steps';

/** What a test found. Everything in it may be shown. */
export type TestResult = {
  readonly ok: boolean;
  /** The field to blame; absent on success. */
  readonly field?: ConfigurationField;
  readonly message: string;
  readonly hint: string;
  readonly testedAt: string;
  readonly latencyMs: number;
  readonly httpStatus?: number;
  readonly hecCode?: number;
  readonly warnings: readonly string[];
  readonly testId: string;
  /** To paste into Splunk: finds the test event, or what HEC wrote about refusing it; absent when HEC said nothing. */
  readonly search?: string;
  /** The request as it went over the wire, the token left out and before compression. */
  readonly request: string;
  /** False when not a byte of the request left. */
  readonly sent: boolean;
  readonly steps: readonly TestStep[];
  /** What the server showed, trusted or not; absent over plain http and where no TLS came about. */
  readonly certificate?: PresentedCertificate;
  /** Fingerprint of the one certificate that would have been trusted, where another one was shown. */
  readonly pinned?: string;
};

/** The integration that is tested, as far as there is one already. */
type Tested = { readonly id?: string | undefined; readonly name?: string | undefined };

/** A person waits for it (ux.md §2.3). */
const budgetMs = 10_000;
/** A test makes this server connect to an address that somebody typed: enough for a person, too few for a scan. */
const limits = [
  { limit: 10, windowSeconds: 60, words: '10 tests in a minute' },
  { limit: 100, windowSeconds: 3_600, words: '100 tests in an hour' },
];

export type TestOptions = Pick<HecClientOptions, 'lookup' | 'limits'> & {
  /** Told of the steps whenever one of them ends. */
  readonly onSteps?: (steps: TestStep[]) => void;
  readonly deadlineMs?: number;
};

/**
 * Sends one real event through the same encoder, client and index as production, and records in the audit log what came
 * of it. These are two events with one `metadata.test_id`. The one that travels says `metadata.result` "sent", because
 * its result is not known yet; it stands in no log, which its `seq` 0 and a `hash` of zeros tell. The one in the log has
 * the result and reaches Splunk with the stream, like every other. Takes 10 s at most. A failed test is a result; throws
 * a {@link RefusedError} only when there were ten within a minute or a hundred within an hour.
 */
export async function testConnection(
  source: AuditSource,
  connection: Connection,
  integration: Tested = {},
  options: TestOptions = {},
): Promise<TestResult> {
  await takeTest(source.organization.id);
  const testId = `t-${randomBytes(4).toString('hex')}`;
  const event = testEvent(source, connection, integration, testId);
  const sentAt = new Date();
  const body = encodeTestEvent(event, sentAt, connection.index);
  const { eventUrl, index, trust } = connection;
  const progress = new TestProgress({ eventUrl, index, trust, now: sentAt });
  const { onSteps, deadlineMs = budgetMs } = options;
  onSteps?.(progress.soFar());
  const { reply, request } = await sendOnce(connection, body, {
    ...options,
    deadlineMs,
    onStep: (step) => {
      progress.note(step);
      onSteps?.(progress.soFar());
    },
  });
  const outcome = classify(reply, { events: 1, bytes: body.length });
  await recordResult(event, outcome, reply);
  return resultOf(connection, outcome, reply, { testId, sentAt, request, deadlineMs, progress });
}

async function takeTest(organizationId: string): Promise<void> {
  for (const { limit, windowSeconds, words } of limits) {
    const key = `siem-test:${windowSeconds}:${organizationId}`;
    const { allowed, retryAfterSeconds } = await takeAttempt(key, { limit, windowSeconds });
    if (allowed) continue;
    const hint = `Try again in ${waitingTime(retryAfterSeconds)}.`;
    throw new RefusedError([{ field: 'form', message: `More than ${words}`, hint }]);
  }
}

type TestEvent = AuditEvent<'siem.test_connection'>;

function testEvent(
  source: AuditSource,
  { eventUrl, index }: Connection,
  { id, name }: Tested,
  testId: string,
): TestEvent {
  const host = hostOf(eventUrl);
  return {
    ...source,
    action: 'siem.test_connection',
    targets: [{ type: 'siem_integration', id, name: name ?? host }],
    metadata: { host, ...(index !== undefined && { index }), test_id: testId, result: 'sent' },
  };
}

function encodeTestEvent(event: TestEvent, sentAt: Date, index: string | undefined): Buffer {
  const id = uuidV7(sentAt);
  const { slug } = event.organization;
  return encodeEvent(
    {
      id,
      seq: 0n,
      hash: '0'.repeat(64),
      record: buildRecord(event, id, sentAt),
      occurredMs: sentAt.getTime(),
      action: event.action,
    },
    eventOrigin(slug, index),
  );
}

type Sending = HecClientOptions & { readonly deadlineMs: number };

async function sendOnce(
  { eventUrl, token, trust }: Connection,
  body: Buffer,
  { deadlineMs, ...options }: Sending,
): Promise<{ reply: HecReply; request: string }> {
  const destination = { eventUrl, token, channel: crypto.randomUUID(), trust, gzip: true };
  const payload = await pack(body, destination.gzip);
  const client = createHecClient(destination, options);
  try {
    const reply = await client.send(payload, { deadlineMs });
    return { reply, request: shownRequest(destination, payload, body) };
  } finally {
    await client.close();
  }
}

function shownRequest(
  destination: { eventUrl: string; token: string; channel: string },
  payload: Payload,
  body: Buffer,
): string {
  const headers = Object.entries({ ...requestHeaders(destination, payload), Authorization: 'Splunk ••••' });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`POST ${destination.eventUrl}`, ...lines, '', body.toString()].join('\n');
}

async function recordResult(
  event: TestEvent,
  { kind, cause }: Outcome,
  { latencyMs }: HecReply,
): Promise<void> {
  const { httpStatus, hecCode } = cause;
  const delivered = kind === 'delivered';
  await withTransaction(async (tx) =>
    recordAudit(tx, {
      ...event,
      outcome: delivered ? 'success' : 'failure',
      metadata: {
        ...event.metadata,
        result: delivered ? 'accepted' : cause.id,
        ...(httpStatus !== undefined && { http_status: httpStatus }),
        ...(hecCode !== undefined && { hec_code: hecCode }),
        duration_ms: Math.round(latencyMs),
      },
    }),
  );
}

type Run = {
  testId: string;
  sentAt: Date;
  request: string;
  deadlineMs: number;
  progress: TestProgress;
};

function resultOf(
  connection: Connection,
  { kind, cause }: Outcome,
  reply: HecReply,
  { testId, sentAt, request, deadlineMs, progress }: Run,
): TestResult {
  const { eventUrl, index, trust } = connection;
  const delivered = kind === 'delivered';
  const target = diagnosisTarget(eventUrl, index, trust);
  const { field, message, hint } = diagnose(cause, { ...target, deadlineMs });
  const latencyMs = Math.round(reply.latencyMs);
  const plain = delivered && cause.id === 'ok';
  const search = delivered ? searchFor(testId, index) : cause.hecCode !== undefined && searchForRefusals;
  return {
    ok: delivered,
    ...(!delivered && { field }),
    message: plain ? `Connected. Splunk accepted a test event in ${latencyMs} ms.` : message,
    hint: plain
      ? 'Splunk confirms receipt before indexing. Run the search below to see the event. If it finds nothing after two minutes, the index may not exist.'
      : hint,
    testedAt: sentAt.toISOString(),
    latencyMs,
    ...(cause.httpStatus !== undefined && { httpStatus: cause.httpStatus }),
    ...(cause.hecCode !== undefined && { hecCode: cause.hecCode }),
    warnings: connection.warnings,
    testId,
    ...(search && { search }),
    request,
    sent: reply.kind === 'response' || reply.sent !== false,
    ...presented(reply.certificate, cause.id),
    ...(cause.id === 'tls_not_pinned' && target.pinned && { pinned: target.pinned }),
    steps: progress.ended({ cause, delivered, message }),
  };
}

/** The id is searched as text: that works before any field extraction is set up. */
function searchFor(testId: string, index: string | undefined): string {
  return `index=${index === undefined ? '*' : `"${index}"`} sourcetype="${sourcetype}" "${testId}"`;
}

/** HEC's own log says more than its answer: the name of the token and of the index, and where the parser stopped. */
const searchForRefusals = 'index=_internal sourcetype=splunkd component=HttpInputDataHandler';
