import { z } from 'zod';
import type { Cause, CauseId } from '@/lib/siem/splunk/cause';

/**
 * Why a stream does not flow. `secret_unreadable` is ours: the token was sealed with another APP_SECRET, so there is
 * nothing to send.
 */
export type Problem = Omit<Cause, 'id'> & {
  readonly id: CauseId | 'secret_unreadable';
  /** When this cause began to be the one that each attempt ends with. */
  readonly since: Date;
};

const storedSchema = z.object({
  id: z.string(),
  since: z.coerce.date(),
  httpStatus: z.number().exactOptional(),
  hecCode: z.number().exactOptional(),
  hecText: z.string().exactOptional(),
  networkCode: z.string().exactOptional(),
  detail: z.string().exactOptional(),
});

/** A problem as it is read back. Its id is only text: another version of the program may have written it. */
export type StoredProblem = z.infer<typeof storedSchema>;

/** Reads `siem_stream.last_error`; undefined when there is none, or none that can be read. */
export function parseProblem(json: unknown): StoredProblem | undefined {
  return storedSchema.safeParse(json).data;
}
