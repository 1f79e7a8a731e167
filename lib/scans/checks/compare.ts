import { checkOf, type Finding, isProblem } from '@/lib/scans/checks/finding';

type Brief = Pick<Finding, 'id' | 'severity' | 'title'>;

/**
 * What is different from an earlier run. A finding of a check that had nothing to look at this time is not fixed: nobody
 * knows.
 */
export function compare(
  before: readonly Brief[],
  now: readonly Brief[],
): { readonly new: string[]; readonly fixed: Brief[] } {
  const problems = (findings: readonly Brief[]) => findings.filter(isProblem);
  const idsBefore = new Set(problems(before).map(({ id }) => id));
  const idsNow = new Set(problems(now).map(({ id }) => id));
  const looked = new Set(now.map(checkOf));
  return {
    new: [...idsNow].filter((id) => !idsBefore.has(id)),
    fixed: problems(before)
      .filter((finding) => !idsNow.has(finding.id) && looked.has(checkOf(finding)))
      .map(({ id, severity, title }) => ({ id, severity, title })),
  };
}
