import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AckRow, AckSettings } from '@/splunk/simulator/acks';
import { changed } from '@/splunk/simulator/change';
import type { Condition } from '@/splunk/simulator/condition';
import { type FaultInput, faultSchema } from '@/splunk/simulator/faults/fault';
import type { ActiveFault } from '@/splunk/simulator/faults/plan';
import { type ScopeInput, scopeSchema } from '@/splunk/simulator/faults/scope';
import type { Index } from '@/splunk/simulator/indexes';
import { createInstance, forget, heal, type InstanceOptions } from '@/splunk/simulator/instance';
import type { JournalEntry } from '@/splunk/simulator/journal';
import type { LedgerLine } from '@/splunk/simulator/ledger';
import type { Limits } from '@/splunk/simulator/limits';
import { type ResolvedAddress, Resolver } from '@/splunk/simulator/resolver';
import type { ScriptedAnswer } from '@/splunk/simulator/scripted-answers';
import { serve } from '@/splunk/simulator/server';
import type { EventQuery, IndexCount, StoredEvent } from '@/splunk/simulator/store';
import { Certificates, type TlsOptions, type TlsVariant } from '@/splunk/simulator/tls-variants';
import type { Token, TokenChange } from '@/splunk/simulator/tokens';

export type SimulatorOptions = Omit<InstanceOptions, 'tokens'> & {
  /** 0 takes a free port. */
  readonly port: number;
  /** The address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  /** HTTPS when given, with this certificate or one of this kind; plain HTTP otherwise. */
  readonly tls?: TlsOptions | TlsVariant;
  /** One fresh token allowed into `main` and `audit` when absent. */
  readonly tokens?: readonly TokenChange[];
};

/** A running Splunk simulator under in-process control. */
export type Simulator = {
  /** The HEC URL as an admin would type it. */
  readonly url: string;
  readonly port: number;
  /** Value of the first token. */
  readonly token: string;
  readonly tokens: readonly Token[];
  /** What chance is drawn from: with it a run can be repeated. */
  readonly seed: number;
  /** Adds a token, or changes the named fields of one that exists. */
  setToken(changes: TokenChange): void;
  disableToken(value: string): void;
  enableToken(value: string): void;
  removeToken(value: string): void;
  /** Creates, enables or disables an index. */
  setIndex(index: Index): void;
  removeIndex(name: string): void;
  setCondition(changes: Partial<Condition>): void;
  setLimits(changes: Partial<Limits>): void;
  setAcks(changes: Partial<AckSettings>): void;
  /** What the next connection is shown. Only for a simulator that was started with a certificate. */
  setTls(tls: TlsOptions | TlsVariant): void;
  /** PEM of the authority behind the certificates of the kinds `private-ca` and later. */
  readonly authority: string;
  /** Resolves any name to this simulator, or as a fault of kind `dns` has it: Node's codes, every address. */
  lookup(host: string): Promise<readonly ResolvedAddress[]>;
  /** Puts a fault in force and returns its number. Throws ZodError when it is not one. */
  inject(fault: FaultInput, scope?: ScopeInput): number;
  /** Ends one fault; or all of them, and restores good condition. */
  heal(id?: number): void;
  /** The faults in force. */
  faults(): readonly ActiveFault[];
  /** Scripts the answers to the next `times` event requests, behind those scripted already. */
  answerNext(answer: ScriptedAnswer, times?: number): void;
  /** Accepted events, oldest first. */
  events(query?: EventQuery): readonly StoredEvent[];
  counts(): readonly IndexCount[];
  duplicates(): ReadonlyMap<string, number>;
  /** Requests, oldest first. */
  journal(): readonly JournalEntry[];
  /** Lines of the ledger with numbers above `after`. Throws LedgerForgotten when some of them are no longer there. */
  ledger(after?: number, limit?: number): readonly LedgerLine[];
  acks(): readonly AckRow[];
  /** TCP connections now open, and opened since the start. */
  connections(): { readonly open: number; readonly opened: number };
  /** Forgets events, requests, ledger and acknowledgements; faults, tokens, indexes and limits stay. */
  forget(): void;
  /** Forgets what was received, and heals. */
  reset(): void;
  /** Resolves as soon as the predicate holds; rejects after `timeoutMs` (30 s) saying what was there instead. */
  waitFor(
    predicate: (events: readonly StoredEvent[], journal: readonly JournalEntry[]) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<void>;
  close(): Promise<void>;
};

/** Starts a Splunk HEC simulator. Rejects with the system's error when the port cannot be had. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { port, host = '127.0.0.1', tls, tokens = [defaultToken()], ...rest } = options;
  const instance = createInstance({ ...rest, tokens });
  const { store, journal, faults } = instance;
  const certificates = new Certificates(['localhost', '127.0.0.1'], tls);
  const resolver = new Resolver(faults, host);
  const running = await serve(instance, { host, port, certificates, resolver });

  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${running.port}`,
    port: running.port,
    get token() {
      return instance.tokens.list()[0]?.value ?? '';
    },
    get tokens() {
      return instance.tokens.list();
    },
    seed: faults.seed,
    setToken: (changes) => void instance.tokens.set(changes),
    disableToken: (value) => void instance.tokens.set({ value, disabled: true }),
    enableToken: (value) => void instance.tokens.set({ value, disabled: false }),
    removeToken: (value) => instance.tokens.remove(value),
    setIndex: (index) => instance.indexes.set(index),
    removeIndex: (name) => instance.indexes.remove(name),
    setCondition(changes) {
      instance.condition = changed(instance.condition, changes);
    },
    setLimits(changes) {
      instance.limits = changed(instance.limits, changes);
    },
    setAcks(changes) {
      instance.acks.settings = changed(instance.acks.settings, changes);
    },
    setTls: (shown) => certificates.use(shown),
    get authority() {
      return certificates.authority;
    },
    lookup: (name) => resolver.lookup(name),
    inject: (fault, scope = {}) => faults.inject(faultSchema.parse(fault), scopeSchema.parse(scope)),
    heal: (id) => void heal(instance, id),
    faults: () => faults.list(),
    answerNext: (answer, times = 1) =>
      void faults.inject({ kind: 'answer', ...answer }, { times, where: { path: 'event' } }),
    events: (query) => store.list(query),
    counts: () => store.counts(),
    duplicates: () => store.duplicates(),
    journal: () => [...journal.all],
    ledger: (after, limit) => instance.ledger.read(after, limit).map((line) => JSON.parse(line)),
    acks: () => instance.acks.list(),
    connections: () => ({ open: running.connections.open, opened: running.connections.opened }),
    forget: () => forget(instance),
    reset() {
      forget(instance);
      heal(instance);
    },
    async waitFor(predicate, { timeoutMs = 30_000 } = {}) {
      const signal = AbortSignal.timeout(timeoutMs);
      while (!predicate(store.all, journal.all)) {
        await once(running.changed, 'change', { signal }).catch(() => {
          throw new Error(
            `Not reached within ${timeoutMs} ms: Splunk has ${store.accepted} events of ${journal.arrived} requests`,
          );
        });
      }
    },
    close: running.close,
  };
}

function defaultToken(): TokenChange {
  return { value: randomUUID(), defaultIndex: 'main', allowedIndexes: ['main', 'audit'] };
}
