import { draw } from '@/splunk/draw';
import { matchesEvent } from '@/splunk/simulator/faults/event-matcher';
import type { Fault, FaultOf } from '@/splunk/simulator/faults/fault';
import type { Scope } from '@/splunk/simulator/faults/scope';
import type { RouteKind } from '@/splunk/simulator/routes';

/** A fault in force. */
export type ActiveFault = {
  readonly id: number;
  readonly fault: Fault;
  readonly scope: Scope;
  readonly injectedAt: number;
  /** How often it struck. */
  readonly used: number;
};

/** What is known of a request before it is processed. */
export type Arrival = {
  readonly request: number;
  readonly connection: number;
  readonly method: string;
  readonly path: string;
  readonly kind: RouteKind | undefined;
  /** The token presented, and its name if this Splunk knows it. */
  readonly token: readonly (string | undefined)[];
  /** The objects of the body; reads it. None when it cannot be read. */
  readonly objects: () => Promise<readonly Uint8Array[]>;
};

type Rule = { -readonly [Key in keyof ActiveFault]: ActiveFault[Key] };

/**
 * The faults in force, and which of them strikes. One at a time: those that are counted come first, then the standing
 * ones, each in the order of their injection.
 */
export class FaultPlan {
  #rules: Rule[] = [];
  #injected = 0;

  constructor(
    readonly seed: number,
    private readonly clock: () => number,
  ) {}

  /** Returns the number by which `heal` knows it. */
  inject(fault: Fault, scope: Scope = {}): number {
    this.#injected++;
    this.#rules.push({ id: this.#injected, fault, scope, injectedAt: this.clock(), used: 0 });
    return this.#injected;
  }

  /** Ends one fault, or all of them. False when there is no such fault. */
  heal(id?: number): boolean {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  list(): readonly ActiveFault[] {
    const now = this.clock();
    this.#rules = this.#rules.filter(({ scope, injectedAt, used }) => {
      const over = scope.window !== undefined && now >= injectedAt + scope.window.untilMs;
      return !over && used < (scope.times ?? Number.POSITIVE_INFINITY);
    });
    return this.#rules;
  }

  /** The fault for a request. Without matchers on events it is decided at once, in the order of arrival. */
  async forRequest(arrival: Arrival): Promise<ActiveFault | undefined> {
    for (const rule of this.#inTurn()) {
      if (rule.fault.kind === 'tls' || rule.fault.kind === 'dns' || !concerns(rule.scope, arrival)) continue;
      if (!this.#reaches(rule.fault, rule.id, arrival.connection)) continue;
      const events = rule.scope.where?.events;
      if (events !== undefined) {
        const objects = await arrival.objects();
        if (!objects.some((object) => matchesEvent(object, events, this.seed))) continue;
      }
      if (this.#strikes(rule, arrival.request)) return rule;
    }
    return undefined;
  }

  /** What to show on a connection that begins with a TLS handshake. */
  forConnection(connection: number): FaultOf<'tls'> | undefined {
    for (const rule of this.#inTurn()) {
      if (rule.fault.kind !== 'tls') continue;
      const wanted = rule.scope.where?.connection;
      if (wanted !== undefined && wanted !== connection) continue;
      if (this.#strikes(rule, connection)) return rule.fault;
    }
    return undefined;
  }

  /** What befalls a lookup, with how many the fault has befallen before it. */
  forLookup(host: string, lookup: number): { fault: FaultOf<'dns'>; before: number } | undefined {
    for (const rule of this.#inTurn()) {
      if (rule.fault.kind !== 'dns') continue;
      const wanted = rule.scope.where?.host;
      if (wanted !== undefined && wanted !== host) continue;
      if (this.#strikes(rule, lookup)) return { fault: rule.fault, before: rule.used - 1 };
    }
    return undefined;
  }

  #inTurn(): readonly Rule[] {
    this.list();
    const isCounted = ({ scope }: Rule) => scope.times !== undefined;
    return [...this.#rules.filter(isCounted), ...this.#rules.filter((rule) => !isCounted(rule))];
  }

  /** An indexer that does not know the token is met by connection, not by request. */
  #reaches(fault: Fault, id: number, connection: number): boolean {
    return fault.kind !== 'tokenFlap' || draw(this.seed, id, 'connection', connection) < fault.share;
  }

  /** Last question, because a yes is counted. */
  #strikes(rule: Rule, ordinal: number): boolean {
    const { id, scope, injectedAt } = rule;
    const { window, probability, times } = scope;
    const elapsedMs = this.clock() - injectedAt;
    if (window !== undefined && (elapsedMs < window.fromMs || elapsedMs >= window.untilMs)) return false;
    // Asked again: while the body was read for a matcher, another request may have had the last one.
    if (times !== undefined && rule.used >= times) return false;
    if (probability !== undefined && draw(this.seed, id, ordinal) >= probability) return false;
    rule.used++;
    return true;
  }
}

function concerns({ where = {} }: Scope, arrival: Arrival): boolean {
  return (
    concernsPath(where.path, arrival) &&
    (where.token === undefined || arrival.token.includes(where.token)) &&
    (where.connection === undefined || where.connection === arrival.connection) &&
    (where.request === undefined || where.request === arrival.request)
  );
}

function concernsPath(wanted: string | undefined, { path, kind, method }: Arrival): boolean {
  if (wanted === undefined) return kind !== 'health';
  if (wanted === 'any') return true;
  if (wanted.startsWith('/')) return wanted === path;
  return wanted === kind && (kind === 'health' || method === 'POST');
}
