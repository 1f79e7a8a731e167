import type { Readable } from 'node:stream';
import { maxAnswerBytes } from '@/lib/siem/splunk/limits';
import type { HecResponse } from '@/lib/siem/splunk/reply';

/**
 * The body of an answer, up to 64 KiB, and whether that was all of it. Reads to the end or cancels the rest: a body left
 * unread would keep its connection from being used again. Never rejects.
 */
export async function readAnswer(stream: Readable): Promise<Pick<HecResponse, 'body' | 'bodyTruncated'>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const answer = (bodyTruncated: HecResponse['bodyTruncated']) => ({
    body: Buffer.concat(chunks).toString('utf8', 0, maxAnswerBytes),
    bodyTruncated,
  });
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) return answer('capped');
    }
    return answer(false);
  } catch {
    // Closed too early, silent for too long, or cut at the deadline: the status stands, the body is in doubt.
    return answer('cut');
  }
}
