import { Check, Minus, TriangleAlert, X } from 'lucide-react';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { IssuerCheck } from '@/lib/auth/openid/examine-issuer';

const icons = {
  ok: <Check className="mt-0.5 text-ok" />,
  warning: <TriangleAlert className="mt-0.5 text-warn" />,
  failed: <X className="mt-0.5 text-bad" />,
  skipped: <Minus className="mt-0.5 text-muted" />,
};

const words = { ok: 'passed', warning: 'doubtful', failed: 'failed', skipped: 'skipped' };

/** What the discovery document of an issuer was found to say, check by check. */
export function IssuerChecks({ checks }: { checks: readonly IssuerCheck[] }) {
  const failed = checks.some(({ status }) => status === 'failed');
  return (
    <Card aria-labelledby="issuer-checks-title">
      <CardHeader title="Checks of the provider" titleId="issuer-checks-title" />
      <CardBody className="grid gap-3">
        <p role="status" className={`font-medium ${failed ? 'text-bad' : 'text-ok'}`}>
          {failed ? 'This provider cannot be used as it is.' : 'This provider has what signing in needs.'}
        </p>
        <ol className="grid gap-2.5">
          {checks.map(({ name, status, detail }) => (
            <li key={name} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5">
              {icons[status]}
              <div className="min-w-0">
                <p className="font-medium">
                  {name}
                  <span className="sr-only"> {words[status]}</span>
                </p>
                <p className="text-muted [overflow-wrap:anywhere]">{detail}</p>
              </div>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
