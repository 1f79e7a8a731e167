import { Button } from '@/components/ui/button';
import { Card, CardBody } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';

/** A key that was just made. `text` is the key itself, which only this one answer holds. */
export type CreatedKeyData = { name: string; text: string; expires: string };

/** The only time that a key is shown. */
export function CreatedKey({ created: { name, text, expires } }: { created: CreatedKeyData }) {
  return (
    <Card aria-label="The new key" className="max-w-190">
      <CardBody className="grid gap-5">
        <Notice tone="ok" announce title={`The key ${name} was created.`}>
          Copy it now: you will not see it again. Tracekeep keeps only a hash of it.
        </Notice>
        <Field id="key" label="API key" hint={expires}>
          {(control) => (
            <div className="flex flex-wrap items-center gap-2.5">
              <Input
                {...control}
                readOnly
                face="mono"
                className="min-w-0 flex-1 basis-56"
                value={text}
                autoComplete="off"
                spellCheck={false}
                // What this page is about; copying it is the next act.
                autoFocus
              />
              <CopyButton text={text} label="Copy key" />
            </div>
          )}
        </Field>
        <div>
          <Button href="/settings/api-keys" variant="primary">
            I have stored the key
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}
