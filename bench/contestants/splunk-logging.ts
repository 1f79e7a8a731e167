import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { race } from '@/bench/contestants/race';
import { record } from '@/bench/record';

// Splunk's own client, fed from memory. It never compresses.

/** As it comes it opens a connection for each request. With four requests at a time their order is lost. */
const ways = { asItComes: { underWay: 1, keepAlive: false }, tuned: { underWay: 4, keepAlive: true } };

type Logger = {
  requestOptions: Record<string, unknown>;
  error: (error: Error) => void;
  send(context: { message: unknown; metadata: object }): void;
  flush(callback: (error: Error | null) => void): void;
};
type LoggerModule = { Logger: new (config: object) => Logger };

await race(async ({ receiver, events, batchEvents, splunkLogging }) => {
  if (splunkLogging === null) throw new Error('splunk-logging is not installed');
  const { underWay, keepAlive } = ways[splunkLogging.way];
  const load: (name: string) => LoggerModule = createRequire(splunkLogging.beside);
  const { Logger } = load('splunk-logging');
  const logger = new Logger({
    token: 'bench',
    url: receiver,
    // It sends when it is told to.
    maxBatchCount: 0,
    maxBatchSize: 0,
    batchInterval: 0,
  });
  if (keepAlive) logger.requestOptions.agent = new Agent({ keepAlive });
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
