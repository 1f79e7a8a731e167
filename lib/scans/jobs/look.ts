import { codeOf } from '@/lib/net/error-code';
import { type GuardedAnswer, guardedRequest } from '@/lib/net/guarded-request';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { ConnectError } from '@/lib/net/pinned-connector';
import type { Lookup } from '@/lib/net/resolve';
import { serverCertificate } from '@/lib/net/server-certificate';
import { portOf } from '@/lib/net/web-address';
import { isRefusedCertificate } from '@/lib/scans/checks/certificate';
import { shownAddress } from '@/lib/scans/checks/shown-address';
import { type Answer, type Refusal, redirectOf, type Sight } from '@/lib/scans/checks/sight';
import { isOutdatedTls } from '@/lib/scans/checks/tls-version';
import { requestDeadlineMs, TargetError, targetError } from '@/lib/scans/jobs/target-error';

/** From http to https, then to the right spelling, then to a language or a sign-in page: nobody needs more. */
const maxRedirects = 5;

/** Only the head of a page is read, for the policy that may stand there. */
const maxBodyBytes = 64 * 1024;

export type LookOptions = {
  readonly policy: NetworkPolicy;
  readonly signal: AbortSignal;
  /** Told before each request; what it throws ends the looking. */
  readonly onStep: (step: string, progress: number) => Promise<void>;
  /** PEM of the authorities to trust instead of the system's. */
  readonly caCertificate?: string | undefined;
  readonly lookup?: Lookup;
};

/**
 * Visits a target: the page, through at most {@link maxRedirects} redirects within its own host, each of them a request
 * that passes the guard anew; and what plain http says of it. Throws a {@link TargetError} when there is nothing to
 * examine; an abort rejects with code `ERR_ABORTED`.
 */
export async function lookAt(target: URL, options: LookOptions): Promise<Sight> {
  const answers: Answer[] = [];
  const sight = { now: new Date(), target, answers, page: undefined, refusal: undefined, plain: undefined };
  for (let url = target; ; ) {
    await options.onStep(
      `Asking ${answers.length > 0 ? shownAddress(url) : url.host}`,
      10 + 10 * answers.length,
    );
    const answer = await ask(url, options);
    if ('code' in answer) return { ...sight, refusal: answer };
    answers.push(answer);
    const next = redirectOf(answer);
    if (!next) return { ...sight, page: answer, plain: await plainTwin(target, options) };
    requireSamePlace(next, target);
    if (answers.length > maxRedirects) throw new TargetError(`${target.host} redirects in a circle.`);
    url = next;
  }
}

/** A scan looks at what it was told to, and at no other site that this one happens to name. */
function requireSamePlace(next: URL, target: URL): void {
  const bare = ({ hostname }: URL) => hostname.replace(/^www\./, '');
  if (/^https?:$/.test(next.protocol) && bare(next) === bare(target)) return;
  const where = next.host || next.protocol;
  throw new TargetError(
    `${target.host} only leads to ${where.slice(0, 255)}. Create a scan of that address instead.`,
  );
}

/** What somebody meets who types the address without https. */
async function plainTwin(target: URL, options: LookOptions): Promise<Sight['plain']> {
  if (target.protocol !== 'https:' || portOf(target) !== 443) return undefined;
  const url = new URL(target);
  url.protocol = 'http:';
  await options.onStep(`Asking ${url.host} over plain http`, 70);
  try {
    return answerOf(url, await request(url, options));
  } catch (error) {
    if (options.signal.aborted) throw error;
    return 'closed';
  }
}

async function ask(url: URL, options: LookOptions): Promise<Answer | Refusal> {
  try {
    return answerOf(url, await request(url, options));
  } catch (error) {
    if (options.signal.aborted) throw error;
    const code = codeOf(error);
    if (isRefusedCertificate(code) || isOutdatedTls(code)) {
      const shown = error instanceof ConnectError ? error.certificate : undefined;
      return { url, code, certificate: serverCertificate(shown) };
    }
    throw targetError(url, code, error);
  }
}

function request(url: URL, { policy, signal, caCertificate, lookup }: LookOptions): Promise<GuardedAnswer> {
  return guardedRequest(url, {
    policy,
    signal,
    caCertificate,
    ...(lookup && { lookup }),
    // Some servers answer in another way to what does not look for a page.
    headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    deadlineMs: requestDeadlineMs,
    maxBodyBytes,
  });
}

function answerOf(url: URL, { status, headers, body, tls }: GuardedAnswer): Answer {
  const fields = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat()] as const);
  return {
    url,
    status,
    headers: Object.fromEntries(fields),
    body,
    tls: tls && { protocol: tls.protocol, certificate: serverCertificate(tls.certificate) },
  };
}
