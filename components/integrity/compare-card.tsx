import { GitCompare } from 'lucide-react';
import Form from 'next/form';
import { integrityPath } from '@/components/integrity/paths';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice, type NoticeTone } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Comparison } from '@/lib/integrity/compare-with-copy';

export type TypedCopy = { seq: string; hash: string };

type CompareCardProps = {
  typed: TypedCopy;
  /** By field, for what cannot be compared. */
  problems: Partial<Record<keyof TypedCopy, string>>;
  result: Comparison | undefined;
};

const search =
  'index=* sourcetype="tracekeep:audit" action="audit_log.checkpoint" | sort - seq | head 1 | table seq, hash';

const cures = { seq: 'Digits only, such as 20000.', hash: '64 digits and letters from a to f.' };

/** Compares one event with the copy that somebody else has: what a chain cannot say of itself. */
export function CompareCard({ typed, problems, result }: CompareCardProps) {
  const errors = (['seq', 'hash'] as const).flatMap((fieldId) => {
    const message = problems[fieldId];
    return message ? [{ fieldId, message }] : [];
  });
  const problem = (field: keyof TypedCopy) =>
    problems[field] ? { error: problems[field], cure: cures[field] } : {};
  return (
    <Card aria-labelledby="copy" id="compare">
      <CardHeader
        icon={<GitCompare />}
        titleId="copy"
        title="Compare with Splunk"
        description="Only a copy elsewhere shows that the end of the log was cut off, or that an older backup was restored."
      />
      <CardBody className="grid gap-4">
        <div className="grid gap-1.5">
          <p className="text-muted">1. Find the newest checkpoint that Splunk has:</p>
          <CodeBlock label="Search for Splunk">{search}</CodeBlock>
        </div>
        <Form action={`${integrityPath}#compare`} className="grid gap-4" noValidate>
          <p className="text-muted">2. Enter what it found. Any other event will do, too.</p>
          <ErrorSummary errors={errors} />
          <div className="grid gap-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <Field id="seq" label="seq" {...problem('seq')}>
              {(control) => (
                <Input
                  {...control}
                  name="seq"
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={typed.seq}
                />
              )}
            </Field>
            <Field id="hash" label="hash" {...problem('hash')}>
              {(control) => (
                <Input
                  {...control}
                  name="hash"
                  autoComplete="off"
                  spellCheck={false}
                  className="font-mono"
                  defaultValue={typed.hash}
                />
              )}
            </Field>
          </div>
          <div>
            <SubmitButton variant="secondary" pendingLabel="Comparing…">
              Compare
            </SubmitButton>
          </div>
        </Form>
        {result && <Result result={result} seq={typed.seq} />}
      </CardBody>
    </Card>
  );
}

function Result({ result, seq }: { result: Comparison; seq: string }) {
  const [tone, title, more] = wordsOf(result, seq);
  return (
    <Notice tone={tone} announce title={title}>
      {more}
    </Notice>
  );
}

function wordsOf(result: Comparison, seq: string): readonly [NoticeTone, string, string] {
  const words: Record<Comparison, readonly [NoticeTone, string, string]> = {
    same: [
      'ok',
      `No. ${seq} is the same here.`,
      'So is everything before it, once a verification has found the log intact.',
    ],
    different: [
      'bad',
      `No. ${seq} has another hash here.`,
      'The log was rewritten at or before it, or an older backup was restored and events were added since. Keep a copy of the database as it is, and look for the last event that both agree on.',
    ],
    ends_before: [
      'bad',
      `The log ends before No. ${seq}.`,
      'Events were cut off its end, or an older backup was restored. Splunk has what is missing here.',
    ],
    deleted: [
      'info',
      `No. ${seq} was deleted by retention.`,
      'Compare a later event: the chain from the deletion on is still proved.',
    ],
  };
  return words[result];
}
