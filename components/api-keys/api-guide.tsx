import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';

/** How a program uses a key: one call that works as it stands. */
export function ApiGuide({ publicUrl }: { publicUrl: string }) {
  const line = `curl -fsS -H "Authorization: Bearer $TRACEKEEP_KEY" '${publicUrl}/api/v1/audit-events?limit=10'`;
  return (
    <Card aria-labelledby="guide">
      <CardHeader
        titleId="guide"
        title="Use a key"
        description={
          <>
            Send it in the header Authorization, after the word Bearer. Every call is described in the{' '}
            <a href="/api/v1/openapi.json" className="text-accent underline underline-offset-3">
              OpenAPI document
            </a>
            .
          </>
        }
        actions={<CopyButton text={line} label="Copy call" />}
      />
      <CardBody>
        <CodeBlock label="A call with curl">{line}</CodeBlock>
      </CardBody>
    </Card>
  );
}
