/** Where a message belongs on the configuration page; `form` is the page as a whole. */
export type ConfigurationField =
  | 'name'
  | 'hecUrl'
  | 'hecToken'
  | 'index'
  | 'trust'
  | 'startFrom'
  | 'heartbeat'
  | 'range'
  | 'reason'
  | 'form';

/** What is wrong with one field and how to mend it, in words for the person who typed it. Never repeats a secret. */
export type FieldProblem = {
  readonly field: ConfigurationField;
  readonly message: string;
  readonly hint: string;
};

/** The input was understood and refused; nothing was changed. Everything in it may be shown. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(readonly problems: readonly FieldProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  }
}

/** Makes every check and throws one {@link RefusedError} with the problems of all, so that a form names them together. */
export function checkTogether(...checks: readonly (() => unknown)[]): void {
  const problems = checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof RefusedError) return error.problems;
      throw error;
    }
  });
  if (problems.length > 0) throw new RefusedError(problems);
}

/** The organization has no such integration; whether another one has is not told. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  constructor() {
    super('This integration does not exist.');
  }
}
