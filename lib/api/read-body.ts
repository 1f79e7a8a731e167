import { ApiProblem } from '@/lib/api/problem';
import { JsonProblem, parseStrictJson } from '@/lib/api/strict-json';
import { readLimited } from '@/lib/net/read-limited';

/** Far more than any call needs, far less than what would cost anything to parse. */
export const maxBodyBytes = 64 * 1024;

/** The body as JSON. Throws an {@link ApiProblem}: 415 for another type or encoding, 413 by count, 400 for bad JSON. */
export async function readJsonBody(request: Request): Promise<unknown> {
  requireJsonType(request.headers);
  const text = decode(await read(request));
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw badBody(text.trim() === '' ? 'The body is empty. Send JSON.' : error.message);
  }
}

/** For calls without a body: a body that is ignored would be a request that was misunderstood. */
export async function requireNoBody(request: Request): Promise<void> {
  if ((await read(request)).length > 0) throw badBody('This call takes no body.');
}

/** JSON in UTF-8 and nothing else, so that no other site's form can pass for a call. */
function requireJsonType(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const foreign = parameters.some((parameter) => !/^\s*charset\s*=\s*"?utf-8"?\s*$/.test(parameter));
  if (type.trim() !== 'application/json' || foreign)
    throw new ApiProblem('unsupported-body', 'Send JSON in UTF-8, with Content-Type: application/json.');
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw new ApiProblem('unsupported-body', 'Send the body as it is, without Content-Encoding.');
}

async function read(request: Request): Promise<Buffer> {
  const body = await readLimited(request, maxBodyBytes);
  if (body === undefined)
    throw new ApiProblem('too-long', `A body has at most ${maxBodyBytes / 1024} kB. Nothing was done.`);
  return body;
}

/** A byte order mark is dropped; bytes that are no UTF-8 are refused, not replaced. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw badBody('The body is not UTF-8.');
  }
}

function badBody(detail: string): ApiProblem {
  return new ApiProblem('bad-request', detail, { errors: [{ in: 'body', detail }] });
}
