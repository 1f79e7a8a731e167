import { Notice } from '@/components/ui/notice';
import type { Words } from '@/lib/auth/openid/words';

type ReportNoticeProps = {
  words: Words;
  /** What the provider said itself, as a quotation. */
  said: string | undefined;
};

/** Why an identity provider let nobody in, and what to do about it. */
export function ReportNotice({ words, said }: ReportNoticeProps) {
  return (
    <Notice tone="bad" announce title={words.title}>
      <p>{words.text}</p>
      {said && (
        <p className="mt-1 text-sm [overflow-wrap:anywhere]">
          The provider’s own words: <q>{said}</q>
        </p>
      )}
    </Notice>
  );
}
