import type { Finding, Severity } from '@/lib/scans/checks/finding';

/** Points that a finding takes from 100. One of high severity alone is an F. */
export const penalties: Readonly<Record<Severity, number>> = {
  high: 75,
  medium: 15,
  low: 5,
  info: 0,
  pass: 0,
};

/** The least points for each grade; less than the last is an F. */
export const grades = [
  ['A', 90],
  ['B', 75],
  ['C', 60],
  ['D', 45],
  ['E', 30],
] as const;

/** The grade of a run, "A" to "F" (docs/scans.md). */
export function gradeOf(findings: readonly Pick<Finding, 'severity'>[]): string {
  const points = 100 - findings.reduce((sum, { severity }) => sum + penalties[severity], 0);
  return grades.find(([, least]) => points >= least)?.[0] ?? 'F';
}
