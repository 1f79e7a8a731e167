import { TooSlowError } from '@/lib/db/read-only';

/** The answer, or undefined when the question ran into its time limit. A part of a page can go without; the rest stands. */
export function unlessTooSlow<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof TooSlowError) return undefined;
    throw error;
  });
}
