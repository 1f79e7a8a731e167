/**
 * The body of a request, counted while it arrives, whatever its Content-Length says. Undefined when it is longer than
 * `maxBytes`; the rest is then never read.
 */
export async function readLimited(request: Request, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
