import type { IncomingMessage } from 'node:http';

/** A control message is a few settings; more is a mistake. */
const maxBytes = 64 * 1024;

/**
 * The values of a request, from JSON or from a form of the page: a field that stands there more than once is a list.
 * Undefined when they cannot be read or are too many, which no schema accepts.
 */
export async function sentValues(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= maxBytes) chunks.push(part);
  }
  if (bytes > maxBytes) return undefined;
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? formValues(text) : json(text);
}

function formValues(text: string): Record<string, string | string[]> {
  const form = new URLSearchParams(text);
  const values = [...new Set(form.keys())].map((name) => {
    const all = form.getAll(name);
    return [name, all.length > 1 ? all : (all[0] ?? '')] as const;
  });
  return Object.fromEntries(values);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
