import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Condition, wellCondition } from '@/splunk/simulator/condition';
import { createInstance, type InstanceOptions } from '@/splunk/simulator/instance';
import type { JournalEntry } from '@/splunk/simulator/journal';
import type { Limits } from '@/splunk/simulator/presets';
import { type ScriptedAnswer, ScriptedAnswers } from '@/splunk/simulator/scripted-answers';
import { serve, type TlsOptions } from '@/splunk/simulator/server';
import type { EventQuery, IndexCount, StoredEvent } from '@/splunk/simulator/store';
import type { Token, TokenChange } from '@/splunk/simulator/tokens';

export type SimulatorOptions = Omit<InstanceOptions, 'tokens'> & {
  /** 0 takes a free port. */
  readonly port: number;
  /** The address to listen on; 127.0.0.1 when absent. */
  readonly host?: string;
  /** HTTPS when given, plain HTTP otherwise. */
  readonly tls?: TlsOptions;
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
  /** Adds a token, or changes the named fields of one that exists. */
  setToken(changes: TokenChange): void;
  disableToken(value: string): void;
  enableToken(value: string): void;
  removeToken(value: string): void;
  setCondition(changes: Partial<Condition>): void;
  setLimits(changes: Partial<Limits>): void;
  /** Scripts the answers to the next `times` event requests, behind those scripted already. */
  answerNext(answer: ScriptedAnswer, times?: number): void;
  /** Accepted events, oldest first. */
  events(query?: EventQuery): readonly StoredEvent[];
  counts(): readonly IndexCount[];
  duplicates(): ReadonlyMap<string, number>;
  /** Requests, oldest first. */
  journal(): readonly JournalEntry[];
  /** TCP connections now open, and opened since the start. */
  connections(): { readonly open: number; readonly opened: number };
  /** Forgets events, requests and scripted answers, and restores good condition; tokens, indexes and limits stay. */
  reset(): void;
  /** Resolves as soon as the predicate holds; rejects after `timeoutMs` (5 s) saying what was there instead. */
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
  const { store, journal } = instance;
  const scripted = new ScriptedAnswers();
  const reset = () => {
    store.clear();
    journal.clear();
    instance.acks.clear();
    scripted.clear();
    instance.condition = wellCondition;
  };
  const running = await serve(instance, { host, port, tls, scripted, reset });

  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${running.port}`,
    port: running.port,
    get token() {
      return instance.tokens.list()[0]?.value ?? '';
    },
    get tokens() {
      return instance.tokens.list();
    },
    setToken: (changes) => void instance.tokens.set(changes),
    disableToken: (value) => void instance.tokens.set({ value, disabled: true }),
    enableToken: (value) => void instance.tokens.set({ value, disabled: false }),
    removeToken: (value) => instance.tokens.remove(value),
    setCondition: (changes) => {
      instance.condition = { ...instance.condition, ...changes };
    },
    setLimits: (changes) => {
      instance.limits = { ...instance.limits, ...changes };
    },
    answerNext: (answer, times = 1) => scripted.add(answer, times),
    events: (query) => store.list(query),
    counts: () => store.counts(),
    duplicates: () => store.duplicates(),
    journal: () => [...journal.all],
    connections: () => ({ open: running.connections.open, opened: running.connections.opened }),
    reset,
    async waitFor(predicate, { timeoutMs = 5000 } = {}) {
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
