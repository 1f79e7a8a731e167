import { onAuditCommitted } from '@/lib/audit/committed';
import { db } from '@/lib/db/client';
import { log } from '@/lib/log';

type Listener = () => void;
type Watched = { listeners: Set<Listener>; seq?: bigint };

/** How soon an event of another instance is noticed, in milliseconds. */
const usualMs = 5_000;

/**
 * Tells when the log of an organization has grown. All who watch share one statement, every few seconds, whatever their
 * number; events of this process are told at once. With nobody watching nothing runs.
 */
export class HeadWatch {
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | undefined;
  /** Counts the rests: a look that was under way when the last one left must not go on beside the next one's. */
  private rests = 0;
  private stopListening: (() => void) | undefined;

  constructor(private readonly everyMs = usualMs) {}

  /** Calls `listener` whenever there may be new events, until the returned function is called. A listener must not throw. */
  watch(organizationId: string, listener: Listener): () => void {
    const watched = this.watched.get(organizationId) ?? { listeners: new Set() };
    this.watched.set(organizationId, watched);
    watched.listeners.add(listener);
    this.stopListening ??= onAuditCommitted((id) => this.tell(id));
    this.timer ??= this.lookLater();
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0) this.watched.delete(organizationId);
      if (this.watched.size === 0) this.rest();
    };
  }

  private rest(): void {
    this.rests += 1;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stopListening?.();
    this.stopListening = undefined;
  }

  private tell(organizationId: string): void {
    for (const listener of this.watched.get(organizationId)?.listeners ?? []) listener();
  }

  private lookLater(): NodeJS.Timeout {
    const { rests } = this;
    return setTimeout(async () => {
      await this.look().catch((error: unknown) =>
        log.warn({ err: error }, 'the ends of the logs were not read'),
      );
      if (this.rests === rests) this.timer = this.lookLater();
    }, this.everyMs);
  }

  /** What grew since the last look. At the first look at a log nobody knows, so it is told too. */
  private async look(): Promise<void> {
    const heads = await db().auditHead.findMany({
      where: { organizationId: { in: [...this.watched.keys()] } },
      select: { organizationId: true, seq: true },
    });
    for (const { organizationId, seq } of heads) {
      const watched = this.watched.get(organizationId);
      if (!watched || watched.seq === seq) continue;
      watched.seq = seq;
      this.tell(organizationId);
    }
  }
}
