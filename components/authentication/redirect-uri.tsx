import { Card, CardBody } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';

/** What the provider has to be told before it gives out a client ID. */
export function RedirectUri({ uri }: { uri: string }) {
  return (
    <Card aria-labelledby="redirect-uri-title" className="max-w-160">
      <CardBody className="grid gap-2">
        <h2 id="redirect-uri-title" className="font-medium">
          Redirect URI
        </h2>
        <p className="text-muted">
          Register this address with the provider, letter by letter, for a confidential web application with
          the authorization code flow.
        </p>
        <div className="flex flex-wrap items-center gap-2.5">
          <Code className="min-w-0 rounded-lg border border-line bg-sunken px-2.5 py-1.5">{uri}</Code>
          <CopyButton text={uri} label="Copy redirect URI" />
        </div>
      </CardBody>
    </Card>
  );
}
