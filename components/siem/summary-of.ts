import type { FieldError } from '@/components/ui/error-summary';
import type { ActionState } from '@/lib/action/state';

/** The same words at the top as at the fields, each a link to its field. */
export function summaryOf(state: ActionState<unknown>): FieldError[] {
  const ofFields = Object.entries(state.fieldErrors ?? {}).map(([fieldId, { message }]) => ({
    fieldId,
    message,
  }));
  const { status, message, hint } = state;
  if (status !== 'error' || !message) return ofFields;
  // What is no field's fault has no place but this for its cure.
  const sentence = message.endsWith('.') ? message : `${message}.`;
  return [{ message: hint ? `${sentence} ${hint}` : sentence }, ...ofFields];
}
