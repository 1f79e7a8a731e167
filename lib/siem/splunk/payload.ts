import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { gzipThresholdBytes } from '@/lib/siem/splunk/limits';

/** A body as it goes over the wire. */
export type Payload = { readonly bytes: Buffer; readonly compressed: boolean };

const gzipBytes = promisify(gzip);

/**
 * Level 1 costs 40 % less than the usual 6 for 3 % more bytes on records of ours, and a window of 8 KiB, ten events that
 * resemble one another, 20 % less again for none. The chunk is large because each one is a round trip to the thread that
 * compresses, away from the one that serves pages.
 */
const options = { level: 1, windowBits: 13, chunkSize: 64 * 1024 };

/** A body ready to be sent, compressed if that is wanted and worth it. Equal bodies give equal bytes. */
export async function pack(body: Buffer, compress: boolean): Promise<Payload> {
  const compressed = compress && body.length > gzipThresholdBytes;
  return { bytes: compressed ? await gzipBytes(body, options) : body, compressed };
}
