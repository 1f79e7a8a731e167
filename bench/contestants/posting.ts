import { Client } from 'undici';
import { race } from '@/bench/contestants/race';
import { pack } from '@/lib/siem/splunk/payload';

// A limit: bodies of the same size are posted over a keep-alive connection; they are made, and compressed, only once.
await race(async ({ receiver, gzip, events, batchEvents, bodyBytes }) => {
  const words = Array.from({ length: 4_000 }, (_, n) => `${n * 7_919} `).join('');
  const text = `{"event":"${words.repeat(Math.ceil(bodyBytes / words.length)).slice(0, bodyBytes - 12)}"}`;
  const payload = await pack(Buffer.from(text), false);
  // Compressed bodies have the size that the engine's have.
  const bytes = gzip ? payload.bytes.subarray(0, gzip.bodyBytes) : payload.bytes;
  const client = new Client(receiver, { pipelining: 1 });
  for (let sent = 0; sent < events; sent += batchEvents) {
    const { statusCode, body } = await client.request({
      method: 'POST',
      path: '/services/collector/event',
      headers: { 'content-type': 'application/json', 'content-length': String(bytes.length) },
      body: bytes,
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`the receiver answered ${statusCode}`);
  }
  await client.close();
});
