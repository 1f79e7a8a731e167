import { Code } from '@/components/ui/code';
import { DefinitionList } from '@/components/ui/definition-list';
import { Notice } from '@/components/ui/notice';
import type { Report } from '@/lib/auth/openid/report';
import type { Words } from '@/lib/auth/openid/words';

type TestReportProps = {
  report: Report;
  /** Why it failed; undefined when it did not. */
  words: Words | undefined;
  enabled: boolean;
};

/** What an admin's way to the provider and back has shown. */
export function TestReport({ report, words, enabled }: TestReportProps) {
  const { provider, said, detail, claims } = report;
  return (
    <Notice
      tone={words ? 'bad' : 'ok'}
      announce
      title={words ? `The test sign-in failed. ${words.title}` : `${provider} signs people in.`}
    >
      {words ? (
        <p>{words.text}</p>
      ) : (
        <p>
          {enabled
            ? 'The present settings work.'
            : 'The present settings work; now OIDC sign-in can be enabled.'}{' '}
          Nobody was signed in and no account was made.
        </p>
      )}
      {detail && (
        <p className="mt-1">
          In detail: <Code>{detail}</Code>
        </p>
      )}
      {said && (
        <p className="mt-1 [overflow-wrap:anywhere]">
          The provider’s own words: <q>{said}</q>
        </p>
      )}
      {claims && <Claims claims={claims} />}
    </Notice>
  );
}

function Claims({ claims }: { claims: NonNullable<Report['claims']> }) {
  const { issuer, subject, email, emailVerified, name, others } = claims;
  const items = [
    { term: 'Issuer', description: <Code>{issuer}</Code> },
    { term: 'Subject', description: <Code>{subject}</Code> },
    { term: 'E-mail', description: email ? `${email}, ${emailVerified ? '' : 'not '}verified` : 'none' },
    { term: 'Name', description: name ?? 'none' },
    ...(others.length > 0 ? [{ term: 'Also sent', description: <Code>{others.join(', ')}</Code> }] : []),
  ];
  return (
    <div className="mt-2.5 text-ink">
      <DefinitionList items={items} />
    </div>
  );
}
