import { z } from 'zod';

/** From the worst to the harmless; `pass` is a check that found nothing. */
export const severities = ['high', 'medium', 'low', 'info', 'pass'] as const;
export type Severity = (typeof severities)[number];

export const findingSchema = z.object({
  /** The check, and after a dot the problem: "csp.unsafe-inline". A check that found nothing: "csp". */
  id: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  /** What was seen, in the target's own words: bounded, printable text. */
  evidence: z.string(),
  /** What to do about it; empty for a pass. */
  remedy: z.string(),
});

/** One result of one check. */
export type Finding = Readonly<z.infer<typeof findingSchema>>;

/** The check that a finding comes from. */
export function checkOf({ id }: Pick<Finding, 'id'>): string {
  return id.split('.', 1)[0] ?? id;
}

export function isProblem({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity !== 'pass';
}
