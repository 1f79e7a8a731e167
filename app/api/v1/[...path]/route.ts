import { answerHeaders } from '@/lib/api/answer-headers';
import { ApiProblem, problemResponse } from '@/lib/api/problem';
import { uuidV7 } from '@/lib/audit/uuid-v7';

/** An address below /api/v1 that the API does not have. */
async function notFound(): Promise<Response> {
  const requestId = uuidV7(new Date());
  const problem = new ApiProblem('not-found', 'The API has no such address. See /api/v1/openapi.json.');
  return problemResponse(problem, requestId, answerHeaders(requestId));
}

export {
  notFound as DELETE,
  notFound as GET,
  notFound as OPTIONS,
  notFound as PATCH,
  notFound as POST,
  notFound as PUT,
};
