import { readLimited } from '@/lib/net/read-limited';

/** Far more than an address and a password; far less than what would cost anything to parse. */
const maxBodyBytes = 16 * 1024;

type FormBody =
  | { ok: true; fields: URLSearchParams }
  | { ok: false; status: 400 | 413 | 415; message: string };

/**
 * Reads a URL-encoded form of a route handler with a hard limit, whatever its Content-Length says, and refuses a field
 * that stands twice. Nothing else is accepted, so no other site can post JSON that passes for a form.
 */
export async function readFormBody(request: Request): Promise<FormBody> {
  const [type] = (request.headers.get('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    return { ok: false, status: 415, message: 'Send the fields as application/x-www-form-urlencoded.' };
  }
  const body = await readLimited(request, maxBodyBytes);
  if (body === undefined) {
    return { ok: false, status: 413, message: `The form is longer than ${maxBodyBytes} bytes.` };
  }
  const fields = new URLSearchParams(body.toString('utf8'));
  const names = [...fields.keys()];
  return new Set(names).size === names.length
    ? { ok: true, fields }
    : { ok: false, status: 400, message: 'A field was sent twice.' };
}
