import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { race } from '@/bench/contestants/race';
import { record } from '@/bench/record';

// Splunk's own client, fed from memory. It never compresses. Four batches are under way at a time, so their order is lost.
const underWay = 4;

type Logger = {
  requestOptions: Record<string, unknown>;
  error: (error: Error) => void;
  send(context: { message: unknown; metadata: object }): void;
  flush(callback: (error: Error | null) => void): void;
};
type LoggerModule = { Logger: new (config: object) => Logger };

await race(async ({ receiver, events, batchEvents, splunkLogging }) => {
  const load: (name: string) => LoggerModule = createRequire(z.string().parse(splunkLogging));
  const { Logger } = load('splunk-logging');
  const logger = new Logger({
    token: 'bench',
    url: receiver,
    // It sends when it is told to.
    maxBatchCount: 0,
    maxBatchSize: 0,
    batchInterval: 0,
  });
  logger.requestOptions.agent = new Agent({ keepAlive: true });
  logger.error = (error) => {
    throw error;
  };
  const message = JSON.parse(record);
  const metadata = {
    host: 'localhost',
    source: 'tracekeep:bench',
    sourcetype: 'tracekeep:audit',
    index: 'audit',
  };
  const sendBatch = () =>
    new Promise<void>((resolve, reject) => {
      for (let n = 0; n < batchEvents; n++) logger.send({ message, metadata });
      logger.flush((error) => (error ? reject(error) : resolve()));
    });
  let left = events;
  await Promise.all(
    Array.from({ length: underWay }, async () => {
      while (left > 0) {
        left -= batchEvents;
        await sendBatch();
      }
    }),
  );
});
