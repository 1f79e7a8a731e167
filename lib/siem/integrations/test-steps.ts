import type { ServerCertificate } from '@/lib/net/server-certificate';
import type { TlsTrust } from '@/lib/net/tls-trust';
import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import type { HecStep } from '@/lib/siem/splunk/connection';

/** The stages that one attempt passes through, in this order. */
const stepNames = ['Address', 'DNS', 'TCP', 'TLS', 'HEC', 'Token', 'Index'] as const;

export type StepName = (typeof stepNames)[number];

export type TestStep = {
  readonly name: StepName;
  readonly status: 'ok' | 'failed' | 'skipped' | 'running' | 'waiting';
  /** Empty for a step that has not ended. */
  readonly detail: string;
};

/** What is tested. */
export type TestTarget = {
  readonly eventUrl: string;
  readonly index: string | undefined;
  readonly trust: TlsTrust;
  readonly now: Date;
};

/** How one attempt ended. */
export type TestEnd = {
  readonly cause: Cause;
  readonly delivered: boolean;
  /** What went wrong, in one sentence. */
  readonly message: string;
};

/**
 * Follows one attempt. Nothing is probed for it: the connection tells how far it came, an answer of HEC proves what lies
 * below it, and a refused index proves the token. An address that is not allowed fails the first step, also where a name
 * led to it, and nothing is told of what it resolves to.
 */
export class TestProgress {
  readonly #startedMs = performance.now();
  #addresses: readonly string[] = [];
  #certificate: ServerCertificate | undefined;
  #connectedMs: number | undefined;
  /** How many steps are done. */
  #reached = 0;

  constructor(private readonly target: TestTarget) {}

  note(step: HecStep): void {
    if (step.kind === 'resolved') {
      this.#addresses = step.addresses;
      this.#reached = 2;
    } else if (step.kind === 'connected') {
      this.#connectedMs = Math.round(performance.now() - this.#startedMs);
      this.#reached = 3;
    } else {
      this.#certificate = step.certificate;
      this.#reached = 4;
    }
  }

  /** The steps while the attempt goes on. */
  soFar(): TestStep[] {
    return stepNames.map((name, at) => {
      if (at < this.#reached) return this.#passed(name);
      return { name, status: at === this.#reached ? 'running' : 'waiting', detail: '' };
    });
  }

  /** The steps when it has ended. */
  ended({ cause, delivered, message }: TestEnd): TestStep[] {
    const failed = delivered ? stepNames.length : stepNames.indexOf(this.#failedStep(cause.id));
    return stepNames.map((name, at) => {
      if (at > failed) return { name, status: 'skipped', detail: 'not reached' };
      if (at === failed) return { name, status: 'failed', detail: refusal(cause, message) };
      return this.#passed(name, cause);
    });
  }

  #failedStep(id: CauseId): StepName {
    if (id === 'address_refused' || id === 'port_refused') return 'Address';
    if (id.startsWith('tls_')) return 'TLS';
    if (id.startsWith('token_') || id.startsWith('channel_')) return 'Token';
    // Splunk judges the token before it looks at an event, and an event's content where it looks at its index.
    if (id === 'index_not_allowed' || id === 'event_refused' || id === 'no_data') return 'Index';
    if (this.#reached >= 4) return 'HEC';
    // Whatever broke the connection, it broke where it had come to; an address that may be used was looked up at least.
    return stepNames[Math.max(1, this.#reached)] ?? 'HEC';
  }

  #passed(name: StepName, cause?: Cause): TestStep {
    const { eventUrl, index, now, trust } = this.target;
    const { host, hostname, protocol } = new URL(eventUrl);
    const ok = (detail: string): TestStep => ({ name, status: 'ok', detail });
    switch (name) {
      case 'Address':
        return ok(`${host} is allowed`);
      case 'DNS':
        if (isLiteral(hostname)) return { name, status: 'skipped', detail: 'not needed for an IP address' };
        return ok(listed(this.#addresses));
      case 'TCP':
        return ok(this.#connectedMs === undefined ? 'connected' : `connected after ${this.#connectedMs} ms`);
      case 'TLS':
        if (protocol === 'http:') return { name, status: 'skipped', detail: 'plain HTTP, not encrypted' };
        return ok(certified(this.#certificate, trust, now));
      case 'HEC':
        return ok(
          cause?.id === 'compatible_receiver' ? 'takes events, but is not Splunk' : 'answers as Splunk HEC',
        );
      case 'Token':
        return ok('accepted');
      case 'Index':
        return ok(index === undefined ? "the token's default index took it" : `${index} took the event`);
    }
  }
}

function refusal({ hecCode, hecText }: Cause, message: string): string {
  return hecCode === undefined || !hecText ? message : `refused: code ${hecCode}, ${hecText}`;
}

/** As URL.hostname writes them: only IPv6 has brackets, and no name ends with a number. */
function isLiteral(hostname: string): boolean {
  return hostname.startsWith('[') || /\.\d+$/.test(hostname);
}

const mostListed = 4;

function listed(addresses: readonly string[]): string {
  const more = addresses.length - mostListed;
  return addresses.slice(0, mostListed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const dayMs = 86_400_000;

function certified(certificate: ServerCertificate | undefined, trust: TlsTrust, now: Date): string {
  const by = { system: 'trusted', ca: 'trusted by your own authority', pinned: 'the pinned certificate' };
  if (!certificate) return by[trust.kind];
  const days = Math.floor((certificate.validTo.getTime() - now.getTime()) / dayMs);
  return `${by[trust.kind]}, ${days} ${days === 1 ? 'day' : 'days'} left`;
}
