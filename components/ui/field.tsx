import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Spread onto the control, so that label, hint and error belong to it. */
export type FieldControl = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

type FieldProps = {
  /** The control's id; an error summary links to `#id`. */
  id: string;
  label: ReactNode;
  /** One short sentence, without a link. */
  hint?: ReactNode;
  /** What is wrong, in the words the error summary uses. */
  error?: ReactNode;
  /** How to put it right, under the error. */
  cure?: ReactNode;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
};

/** Label, hint, control and error, wired together: `<Field id label>{(control) => <Input {...control} name="url" />}</Field>`. */
export function Field({ id, label, hint, error, cure, optional = false, children }: FieldProps) {
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [hintId, errorId].filter(Boolean).join(' ');

  return (
    <div className="min-w-0">
      <label htmlFor={id} className="inline-block font-medium">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {hint && (
        <p id={hintId} className="mt-0.5 text-sm text-muted">
          {hint}
        </p>
      )}
      <div className="mt-1.5">
        {children({
          id,
          'aria-describedby': describedBy || undefined,
          'aria-invalid': error ? true : undefined,
        })}
      </div>
      {error && (
        <div id={errorId} className="mt-1.5 flex gap-2">
          <CircleAlert className="mt-0.5 text-bad" />
          <div className="min-w-0">
            <p className="font-medium text-bad">{error}</p>
            {cure && <p className="text-muted">{cure}</p>}
          </div>
        </div>
      )}
    </div>
  );
}
