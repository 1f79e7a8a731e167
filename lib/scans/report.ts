import { z } from 'zod';
import { findingSchema } from '@/lib/scans/checks/finding';

const briefSchema = findingSchema.pick({ id: true, severity: true, title: true });

export const reportSchema = z.object({
  /** Each request in its order, and what came of it. */
  visits: z.array(z.object({ url: z.string(), outcome: z.string() })),
  findings: z.array(findingSchema),
  /** The finished run before; null where there was none. */
  comparedWith: z.uuid().nullable(),
  /** Ids of findings that the run before did not have. */
  new: z.array(z.string()),
  /** What the run before had and this one looked for in vain. */
  fixed: z.array(briefSchema),
});

/** What a finished run found, as it is stored with it. */
export type Report = Readonly<z.infer<typeof reportSchema>>;

/** A stored report; null where there is none or one of another version: the rest of the run can still be shown. */
export function readReport(stored: unknown): Report | null {
  return reportSchema.safeParse(stored).data ?? null;
}
