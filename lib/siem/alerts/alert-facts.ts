import { z } from 'zod';

/**
 * What a mail tells, as it was when it was written: `blocked` and `degraded` for the first time, `reminder` once a day
 * after that, `recovered` at the end.
 */
export const alertFactsSchema = z.object({
  kind: z.enum(['blocked', 'degraded', 'reminder', 'recovered']),
  /** Where the stream stood; for a recovery the worst that was told. */
  state: z.enum(['blocked', 'degraded']),
  /** When that began. */
  since: z.coerce.date(),
  /** When it was over. */
  until: z.coerce.date().nullable(),
  /** Decimal. */
  waiting: z.string(),
  /** As in siem_stream.last_error. */
  problem: z.unknown(),
});

export type AlertFacts = z.infer<typeof alertFactsSchema>;
