import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { htmlAnswer, Refusal } from '@/splunk/simulator/answer';

const gunzip = promisify(gunzipWithCallback);

type ContentEncoding = 'identity' | 'gzip';
export type ReceivedBody = { readonly bytes: Buffer; readonly wireBytes: number };

/** The client went away before its request was complete; there is nobody to answer. */
export class ClientGone extends Error {
  constructor() {
    super('The client closed the connection before its request was complete');
    this.name = 'ClientGone';
  }
}

/** Splunk's answer to a body over the limit. */
export function tooLarge(): Refusal {
  return new Refusal(htmlAnswer(413, 'Content Too Large', { close: true }));
}

/** Refuses by the declared length alone, before a byte of the body is read (hec.md §6.2, stage 6). */
export function refuseDeclaredLength(request: IncomingMessage, maxBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
}

/** @throws Refusal with an HTML 415 for anything but identity and gzip */
export function contentEncodingOf(request: IncomingMessage): ContentEncoding {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity' || encoding === 'gzip') return encoding;
  throw new Refusal(htmlAnswer(415, 'Unsupported Media Type'));
}

/**
 * The whole body, decompressed. It waits as long as the client takes, as Splunk does, and never holds more than
 * `maxBytes` on either side of the decompression, so a gzip bomb costs one refusal.
 * @throws Refusal with an HTML 413 or 400; ClientGone
 */
export async function readBody(
  request: IncomingMessage,
  encoding: ContentEncoding,
  maxBytes: number,
): Promise<ReceivedBody> {
  const wire = await collect(request, maxBytes);
  const bytes = encoding === 'gzip' ? await decompress(wire, maxBytes) : wire;
  return { bytes, wireBytes: wire.length };
}

// Not `for await`: leaving that loop destroys the request and with it the socket the 413 must go out on.
function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return void chunks.push(chunk);
      request.off('data', take);
      reject(tooLarge());
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(new ClientGone()));
    request.once('close', () => reject(new ClientGone()));
  });
}

async function decompress(wire: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzip(wire, { maxOutputLength: maxBytes });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : new Refusal(htmlAnswer(400, 'Bad Request'));
  }
}
