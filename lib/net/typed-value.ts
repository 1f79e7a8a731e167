/** What is wrong with a typed value, and what to do about it. Neither text repeats the value of a secret. */
export type TypedProblem = { readonly ok: false; readonly message: string; readonly hint: string };

export function problem(message: string, hint: string): TypedProblem {
  return { ok: false, message, hint };
}

/** White space, invisible characters, and the quotes that mail programs, chats and shells put around a pasted value. */
const wrapping = /^[\s\p{Cf}"'`“”„‘’«»<>]+|[\s\p{Cf}"'`“”„‘’«»<>]+$/gu;

/** What a person meant to paste. */
export function cleanTyped(typed: string): string {
  return typed.replace(wrapping, '');
}
