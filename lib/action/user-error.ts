/**
 * What the person who pressed the button can understand and put right. Only this error speaks to them; every other
 * one becomes a neutral sentence and a line in the log. Never put a secret or a driver's message in it.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The name of the form's field concerned; undefined when it is the whole form. */
  readonly field: string | undefined;
  /** The cure, one short sentence. */
  readonly hint: string | undefined;

  constructor(message: string, { field, hint }: { field?: string; hint?: string } = {}) {
    super(message);
    this.field = field;
    this.hint = hint;
  }
}
