/**
 * How much of a body that is too long is read and thrown away. Whoever is still sending does not listen yet: cut off at
 * once, they would see a broken connection instead of the answer.
 */
const drainedBytes = 1024 * 1024;

/**
 * The body of a request, counted while it arrives. Undefined when it says to be longer than `maxBytes`, or is; one that
 * goes on for more than a megabyte after that is cut off.
 */
export async function readLimited(request: Request, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= maxBytes) chunks.push(chunk);
    // Leaving the loop cancels the stream.
    else if (length > maxBytes + drainedBytes) return undefined;
  }
  return length > maxBytes ? undefined : Buffer.concat(chunks);
}
