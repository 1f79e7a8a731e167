'use client';

import { useMemo } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { ActionState } from '@/lib/action/state';

type FormErrorsProps = { state: Omit<ActionState, 'data'>; fields: readonly string[] };

/** The summary of what an action refused: the form as a whole first, then its fields in the order of the page. */
export function FormErrors({ state, fields }: FormErrorsProps) {
  // The summary takes the focus at each new list; only a new answer makes one.
  const errors = useMemo(() => {
    const { message, hint, fieldErrors = {} } = state;
    const whole =
      state.status === 'error' && message ? [{ message: hint ? `${message} ${hint}` : message }] : [];
    const unknown = Object.keys(fieldErrors).filter((name) => !fields.includes(name));
    const ofFields = [...fields, ...unknown].flatMap((name) => {
      const problem = fieldErrors[name];
      return problem ? [{ fieldId: name, message: problem.message }] : [];
    });
    return [...whole, ...ofFields];
  }, [state, fields]);

  return <ErrorSummary errors={errors} />;
}
