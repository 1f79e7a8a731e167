import { Card, CardBody } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';

/** The organization's own sign-in page: the one to bookmark, and to hand to members. */
export function SignInAddress({ address }: { address: string }) {
  return (
    <Card aria-labelledby="sign-in-address">
      <CardBody className="grid gap-2">
        <h2 id="sign-in-address" className="font-medium">
          Your sign-in page
        </h2>
        <p className="text-muted">Hand this address to members: it offers the methods above.</p>
        <div className="flex flex-wrap items-center gap-2.5">
          <Code className="min-w-0 rounded-lg border border-line bg-sunken px-2.5 py-1.5">{address}</Code>
          <CopyButton text={address} label="Copy address" />
        </div>
      </CardBody>
    </Card>
  );
}
