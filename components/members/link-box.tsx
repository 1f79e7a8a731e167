import { CopyButton } from '@/components/ui/copy-button';
import { Input } from '@/components/ui/input';

/** A link with its secret. It exists in this answer only. */
export function LinkBox({ url, email }: { url: string; email: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2.5">
      <div className="min-w-0 flex-1 basis-72">
        <Input
          face="mono"
          readOnly
          value={url}
          aria-label={`Link for ${email}`}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <CopyButton text={url} label="Copy link" />
    </div>
  );
}
