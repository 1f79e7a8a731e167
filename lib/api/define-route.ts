import { answerHeaders } from '@/lib/api/answer-headers';
import type { RouteHandler } from '@/lib/api/define-endpoint';
import { type Method, methods } from '@/lib/api/endpoint';
import { ApiProblem, problemResponse } from '@/lib/api/problem';
import { uuidV7 } from '@/lib/audit/uuid-v7';

type Route = Record<Method | 'OPTIONS', RouteHandler>;

/**
 * All methods of one address, as a route file exports them: those that exist, 405 with `Allow` for every other one, and
 * OPTIONS. (HEAD is GET without its body; Next sees to that.)
 */
export function defineRoute(endpoints: Partial<Record<Method, RouteHandler>>): Route {
  const existing = methods.filter((method) => endpoints[method] !== undefined);
  const allow = [...existing, ...(endpoints.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const refuse = async (request: Request) => {
    const requestId = uuidV7(new Date());
    const detail = `${request.method} is not one of the methods of this address: ${allow}.`;
    const problem = new ApiProblem('method-not-allowed', detail, { headers: { allow } });
    return problemResponse(problem, requestId, answerHeaders(requestId));
  };
  const {
    GET = refuse,
    POST = refuse,
    PUT = refuse,
    PATCH = refuse,
    DELETE = refuse,
  }: Partial<Record<Method, RouteHandler>> = endpoints;
  const options = async () => optionsAnswer(allow);
  return { GET, POST, PUT, PATCH, DELETE, OPTIONS: options };
}

function optionsAnswer(allow: string): Response {
  const headers = answerHeaders(uuidV7(new Date()));
  headers.set('allow', allow);
  return new Response(null, { status: 204, headers });
}
