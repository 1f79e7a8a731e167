/** What is wrong with one field, and how to put it right. */
export type FieldProblem = { message: string; hint?: string | undefined };

/** What an action answers and a form shows, with JavaScript through `useActionState` and without. */
export type ActionState<Data = undefined> = {
  status: 'idle' | 'error' | 'success';
  /** What happened, or what is wrong with the form as a whole. */
  message?: string | undefined;
  hint?: string | undefined;
  /** By the field's name. */
  fieldErrors?: Record<string, FieldProblem> | undefined;
  /** What was typed, so that a form keeps it: only fields that the action declares safe to send back. */
  values?: Record<string, string> | undefined;
  data?: Data | undefined;
};

/**
 * An answer, and those that take its place as the work goes on: the last one is the result. Only for a form that sends
 * itself with JavaScript, which says so; the others get the result alone.
 */
export type FollowedState<Data = undefined> = ActionState<Data> & {
  following?: AsyncIterable<ActionState<Data>> | undefined;
};

/** Before anything was sent. */
export const idle: ActionState<never> = { status: 'idle' };
