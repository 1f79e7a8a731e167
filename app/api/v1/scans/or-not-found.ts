import { ApiProblem } from '@/lib/api/problem';
import { NotFoundError } from '@/lib/scans/not-found';

/** What `work` gives; 404 when the organization has no such scan or run, whoever else may have it. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFoundError) throw new ApiProblem('not-found', 'There is no such scan or run.');
    throw error;
  }
}
