'use client';

import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { errorPrefix } from '@/components/ui/error-prefix';

export type FieldError = {
  /** Id of the control; undefined when the error is the form's own. */
  fieldId?: string | undefined;
  message: string;
};

/**
 * What has to be put right, in the words that stand at the fields, each a link to its field. It takes the focus when
 * it appears and at every new `errors`, so pass the list of the answer itself, not one made anew at each render, and the
 * title says "Error" while it is there; without JavaScript `autofocus` and the title of the answered page do so.
 */
export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);

  const refused = errors.length > 0;
  useEffect(() => {
    if (!refused) return;
    const named = document.title.startsWith(errorPrefix);
    if (!named) document.title = `${errorPrefix}${document.title}`;
    return () => {
      if (document.title.startsWith(errorPrefix)) document.title = document.title.slice(errorPrefix.length);
    };
  }, [refused]);

  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: the page was sent back because of these errors, they are its subject
      autoFocus
      aria-labelledby="error-summary-title"
      className="flex gap-3 rounded-xl border border-bad bg-bad-soft px-4 py-3"
    >
      <CircleAlert className="mt-0.5 text-bad" />
      <div className="min-w-0">
        <h2 id="error-summary-title" className="font-semibold">
          {errors.length === 1 ? 'One thing to put right' : `${errors.length} things to put right`}
        </h2>
        <ul className="mt-1 flex flex-col gap-0.5">
          {errors.map(({ fieldId, message }) => (
            <li key={`${fieldId} ${message}`}>
              {fieldId ? (
                <a
                  href={`#${fieldId}`}
                  className="inline-block py-0.5 font-medium text-bad underline underline-offset-3"
                >
                  {message}
                </a>
              ) : (
                <span className="font-medium text-bad">{message}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
