/** The organization has no such scan or run; whether another one has is not told. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  constructor() {
    super('This scan does not exist.');
  }
}
