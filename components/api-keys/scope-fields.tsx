import { CircleAlert } from 'lucide-react';
import { scopeWords } from '@/components/api-keys/scope-words';
import { Checkbox } from '@/components/ui/checkbox';
import type { Scope } from '@/lib/api-keys/scopes';

type ScopeFieldsProps = {
  scopes: readonly Scope[];
  /** Holds the names of those that were ticked. */
  ticked: Record<string, string>;
  error?: string | undefined;
  cure?: string | undefined;
};

/** One box for each scope. The group's id is what an error summary links to. */
export function ScopeFields({ scopes, ticked, error, cure }: ScopeFieldsProps) {
  return (
    <fieldset id="scopes" tabIndex={-1} aria-describedby={error ? 'scopes-error' : undefined}>
      <legend className="font-medium">Permissions</legend>
      <p className="mt-0.5 text-sm text-muted">
        Only what the program needs. A key never does more than its creator may.
      </p>
      <div className="mt-2 grid gap-2.5">
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            id={`scope-${scope.replace(':', '-')}`}
            name={scope}
            value="on"
            label={scopeWords[scope].label}
            hint={
              <>
                {scopeWords[scope].hint} <code className="font-mono text-xs">{scope}</code>
              </>
            }
            defaultChecked={scope in ticked}
          />
        ))}
      </div>
      {error && (
        <div id="scopes-error" className="mt-2 flex gap-2">
          <CircleAlert className="mt-0.5 text-bad" />
          <div className="min-w-0">
            <p className="font-medium text-bad">{error}</p>
            {cure && <p className="text-muted">{cure}</p>}
          </div>
        </div>
      )}
    </fieldset>
  );
}
