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
import { type TestStep, testSteps } from '@/lib/siem/integrations/test-steps';
import { createHecClient } from '@/lib/siem/splunk/client';
import { diagnose } from '@/lib/siem/splunk/diagnose';
import { encodeEvent, sourcetype } from '@/lib/siem/splunk/envelope';
import { classify, type Outcome } from '@/lib/siem/splunk/outcome';
import type { HecReply } from '@/lib/siem/splunk/reply';

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
  /** Finds the test event in Splunk. */
  readonly search: string;
  readonly steps: readonly TestStep[];
  /** What the server showed, trusted or not; absent over plain http and where no TLS came about. */
  readonly certificate?: PresentedCertificate;
};

/** The integration that is tested, as far as there is one already. */
type Tested = { readonly id?: string | undefined; readonly name?: string | undefined };

/** A person waits for it (ux.md §2.3). */
const budgetMs = 10_000;
/** A test makes this server connect to an address that somebody typed: enough for a person, too few for a scan. */
const testsPerMinute = 10;

/**
 * Sends one real event through the same encoder, client and index as production, and records in the audit log what came
 * of it. These are two events with one `metadata.test_id`. The one that travels says `metadata.result` "sent", because
 * its result is not known yet; it stands in no log, which its `seq` 0 and a `hash` of zeros tell. The one in the log has
 * the result and reaches Splunk with the stream, like every other. Takes 10 s at most. A failed test is a result; throws
 * a {@link RefusedError} only when there were ten within a minute.
 */
export async function testConnection(
  source: AuditSource,
  connection: Connection,
  integration: Tested = {},
): Promise<TestResult> {
  await takeTest(source.organization.id);
  const testId = `t-${randomBytes(4).toString('hex')}`;
  const event = testEvent(source, connection, integration, testId);
  const sentAt = new Date();
  const body = encodeTestEvent(event, sentAt, connection.index);
  const reply = await sendOnce(connection, body);
  const outcome = classify(reply, { events: 1, bytes: body.length });
  await recordResult(event, outcome, reply);
  return resultOf(connection, outcome, reply, { testId, sentAt });
}

async function takeTest(organizationId: string): Promise<void> {
  const { allowed, retryAfterSeconds } = await takeAttempt(`siem-test:${organizationId}`, {
    limit: testsPerMinute,
    windowSeconds: 60,
  });
  if (allowed) return;
  const hint = `Try again in ${waitingTime(retryAfterSeconds)}.`;
  throw new RefusedError([{ field: 'form', message: `More than ${testsPerMinute} tests in a minute`, hint }]);
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

async function sendOnce({ eventUrl, token, trust }: Connection, body: Buffer): Promise<HecReply> {
  const channel = crypto.randomUUID();
  const client = createHecClient({ eventUrl, token, channel, trust, gzip: true });
  try {
    return await client.send(body, { deadlineMs: budgetMs });
  } finally {
    await client.close();
  }
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

function resultOf(
  connection: Connection,
  { kind, cause }: Outcome,
  reply: HecReply,
  { testId, sentAt }: { testId: string; sentAt: Date },
): TestResult {
  const { eventUrl, index } = connection;
  const delivered = kind === 'delivered';
  const diagnosis = diagnose(cause, { ...diagnosisTarget(eventUrl, index), deadlineMs: budgetMs });
  const { message, hint } = diagnosis;
  const latencyMs = Math.round(reply.latencyMs);
  const plain = delivered && cause.id === 'ok';
  return {
    ok: delivered,
    ...(!delivered && { field: diagnosis.field }),
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
    // The id is searched as text: that works before any field extraction is set up.
    search: `index=${index === undefined ? '*' : `"${index}"`} sourcetype="${sourcetype}" "${testId}"`,
    ...presented(reply.certificate, cause.id),
    steps: testSteps({ eventUrl, index, cause, delivered, reply, message, now: sentAt }),
  };
}
