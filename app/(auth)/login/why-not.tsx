import { ReportNotice } from '@/components/auth/report-notice';
import { Notice } from '@/components/ui/notice';
import { readReport } from '@/lib/auth/openid/report';
import { refusalWords } from '@/lib/auth/openid/words';

/** What came of the last try, where it was not this page's own form. */
export async function WhyNot({ search }: { search: Record<string, string | string[] | undefined> }) {
  const report = await readReport(search.outcome);
  if (report?.refusal) {
    return (
      <div className="mb-5">
        <ReportNotice words={refusalWords(report.refusal, report)} said={report.said} />
      </div>
    );
  }
  if (search.error === undefined && search.outcome === undefined) return null;
  return (
    <div className="mb-5">
      <Notice tone="bad" title="You were not signed in.">
        Try again below.
      </Notice>
    </div>
  );
}
