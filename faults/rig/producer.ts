import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { World } from '@/faults/rig/world';

/** An organization has at most a hundred scans. */
const mostScans = 60;
const answerMs = 30_000;
const createdSchema = z.object({ id: z.uuid() });
const listedSchema = z.object({ data: z.array(createdSchema) });

/**
 * Somebody who acts over the REST API, and notes what the server confirmed: every action is a change with an audit event.
 * An action without an answer may have happened or not.
 */
export class Producer {
  /** Ids of scans whose creation, or deletion, was confirmed. */
  readonly created = new Set<string>();
  readonly deleted = new Set<string>();
  /** Without a confirmation: no answer, or one that says that it did not work. */
  unconfirmed = 0;
  readonly #present: string[] = [];
  #creating = 0;
  #turn = 0;
  #stopping = false;
  #working: Promise<void> | undefined;

  constructor(
    private readonly world: World,
    private readonly key: string,
  ) {}

  get confirmed(): number {
    return this.created.size + this.deleted.size;
  }

  /** Acts once at any instance, the next one in turn; false when it was not confirmed. */
  async act(name = 'nightly'): Promise<boolean> {
    const oldest = this.#present.length + this.#creating >= mostScans ? this.#present.shift() : undefined;
    const done = await (oldest === undefined ? this.#create(name) : this.#delete(oldest));
    if (!done) this.unconfirmed += 1;
    return done;
  }

  async actTimes(count: number, name?: string): Promise<void> {
    for (let n = 0; n < count; n++) await this.act(name);
  }

  /** Acts so often until {@link rest}. */
  begin(perSecond: number): void {
    this.#stopping = false;
    this.#working = this.#actOn(1_000 / perSecond);
  }

  async rest(): Promise<void> {
    this.#stopping = true;
    await this.#working;
  }

  async #actOn(everyMs: number): Promise<void> {
    while (!this.#stopping) {
      const sinceMs = performance.now();
      await this.act();
      await sleep(Math.max(1, everyMs - (performance.now() - sinceMs)));
    }
  }

  async #create(name: string): Promise<boolean> {
    this.#creating += 1;
    const answer = await this.#call('POST', '/scans', { name, target_url: 'https://127.0.0.1:8443' });
    this.#creating -= 1;
    // What nobody confirmed may be there all the same, and in the end leaves no room.
    if (answer?.status === 409 || answer?.status === 422) await this.#lookAround();
    if (answer?.status !== 201) return false;
    // An answer that breaks off confirms nothing.
    const body = createdSchema.safeParse(await answer.json().catch(() => undefined));
    if (!body.success) return false;
    this.created.add(body.data.id);
    this.#present.push(body.data.id);
    return true;
  }

  async #lookAround(): Promise<void> {
    const answer = await this.#call('GET', '/scans?limit=100');
    const listed = listedSchema.safeParse(await answer?.json().catch(() => undefined));
    if (listed.success) this.#present.splice(0, Infinity, ...listed.data.data.map(({ id }) => id));
  }

  async #delete(id: string): Promise<boolean> {
    const answer = await this.#call('DELETE', `/scans/${id}`);
    if (answer?.status !== 204) return false;
    this.deleted.add(id);
    return true;
  }

  async #call(method: string, path: string, body?: object): Promise<Response | undefined> {
    const { instances } = this.world;
    const instance = instances[this.#turn++ % Math.max(1, instances.length)];
    if (!instance) return undefined;
    return fetch(`${instance.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMs),
    }).catch(() => undefined);
  }
}
