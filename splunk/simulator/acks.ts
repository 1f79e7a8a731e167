import { z } from 'zod';
import type { Limits } from '@/splunk/simulator/limits';
import type { Token } from '@/splunk/simulator/tokens';

export const ackSettingsSchema = z.strictObject({
  /** How long an accepted request takes to be indexed. */
  delayMs: z.number().nonnegative(),
  /** Nothing is ever confirmed. */
  never: z.boolean(),
  /** `maxIdleTime` of inputs.conf: a channel unused for so long is forgotten with its ids. */
  maxIdleMs: z.number().positive(),
});

export type AckSettings = Readonly<z.output<typeof ackSettingsSchema>>;

/** Splunk's 600 s, and the second that idle systems were measured to take (hec.md §1.4, §3). */
const usualAcks: AckSettings = { delayMs: 1000, never: false, maxIdleMs: 600_000 };

/** Whose acknowledgements: they live on one indexer, for one token and channel. */
export type AckPlace = { readonly token: Token; readonly channel: string; readonly node: number };

type Channel = { place: AckPlace; next: number; pending: Map<number, number>; usedAt: number };

/** One line of the acknowledgement table. */
export type AckRow = {
  readonly token: string;
  readonly channel: string;
  readonly node: number;
  /** Ids given out. */
  readonly issued: number;
  /** Ids not yet reported as indexed. */
  readonly pending: number;
};

/** Acknowledgement ids (hec.md §6.4): they count from 0 in every place, and each is reported as indexed once. */
export class Acks {
  /** In order of use, so that idle channels are found at the front. */
  readonly #channels = new Map<string, Channel>();
  settings: AckSettings;

  constructor(
    private readonly clock: () => number,
    settings: Partial<AckSettings> = {},
  ) {
    this.settings = { ...usualAcks, ...settings };
  }

  issue(place: AckPlace): number {
    const channel = this.#use(place) ?? { place, next: 0, pending: new Map(), usedAt: this.clock() };
    this.#channels.set(keyOf(place), channel);
    const id = channel.next++;
    channel.pending.set(id, this.clock() + this.settings.delayMs);
    return id;
  }

  /** True for an id that is indexed and was not reported before; false for whatever else it may be. */
  report(place: AckPlace, ids: readonly number[]): Record<string, boolean> {
    const pending = this.#use(place)?.pending;
    const isIndexed = (id: number) => {
      const dueAt = pending?.get(id);
      if (dueAt === undefined || dueAt > this.clock() || this.settings.never) return false;
      return pending?.delete(id) ?? false;
    };
    return Object.fromEntries(ids.map((id) => [String(id), isIndexed(id)]));
  }

  /** How full the table is for this place: 1 and more means that no further id can be given out. */
  fill(place: AckPlace, { ackChannelsMax, acksPerChannelMax }: Limits): number {
    const channel = this.#use(place);
    const channels = this.#channels.size / ackChannelsMax;
    return channel ? channel.pending.size / acksPerChannelMax : channels;
  }

  list(): readonly AckRow[] {
    return [...this.#channels.values()].map(({ place, next, pending }) => ({
      token: place.token.name,
      channel: place.channel,
      node: place.node,
      issued: next,
      pending: pending.size,
    }));
  }

  clear(): void {
    this.#channels.clear();
  }

  #use(place: AckPlace): Channel | undefined {
    this.#forgetIdle();
    const key = keyOf(place);
    const channel = this.#channels.get(key);
    if (channel === undefined) return undefined;
    channel.usedAt = this.clock();
    this.#channels.delete(key);
    this.#channels.set(key, channel);
    return channel;
  }

  #forgetIdle(): void {
    const before = this.clock() - this.settings.maxIdleMs;
    for (const [key, channel] of this.#channels) {
      if (channel.usedAt > before) return;
      this.#channels.delete(key);
    }
  }
}

function keyOf({ token, channel, node }: AckPlace): string {
  return `${node} ${token.value} ${channel}`;
}
