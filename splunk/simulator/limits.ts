import { z } from 'zod';

const bytes = z.number().positive();

export const limitsSchema = z.strictObject({
  /** `limits.conf [http_input] max_content_length`: larger bodies, sent or decompressed, are 413. */
  maxContentLengthBytes: bytes,
  /** `inputs.conf [http] maxEventSize`: a larger object is code 6. */
  maxEventBytes: bytes,
  /** Accepted and not yet indexed: a full queue refuses, one above 80 % may warn. */
  queueCapacityBytes: bytes,
  queueDrainBytesPerSecond: bytes,
  /** `limits.conf [http_input]`: channels with acknowledgement, and unreported ids in one of them. */
  ackChannelsMax: z.number().positive(),
  acksPerChannelMax: z.number().positive(),
});

export type Limits = Readonly<z.output<typeof limitsSchema>>;

/** Splunk's defaults (hec.md §1.4); the queue has no end unless a test gives it one. */
export const usualLimits: Limits = {
  maxContentLengthBytes: 838_860_800,
  maxEventBytes: 5 * 1024 * 1024,
  queueCapacityBytes: Number.POSITIVE_INFINITY,
  queueDrainBytesPerSecond: Number.POSITIVE_INFINITY,
  ackChannelsMax: 1_000_000,
  acksPerChannelMax: 1_000_000,
};
