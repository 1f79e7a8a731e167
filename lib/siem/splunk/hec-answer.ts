import { z } from 'zod';
import type { HecResponse } from '@/lib/siem/splunk/reply';

/** HEC's JSON answer. Unknown keys are ignored; a number that is none of ours to trust becomes undefined. */
export type HecAnswer = {
  readonly code: number;
  readonly text: string;
  /** As sent; may be negative or beyond the batch. */
  readonly invalidEventNumber: number | undefined;
  /** Indexer acknowledgement is on for this token. */
  readonly acknowledged: boolean;
};

const answerSchema = z.object({
  code: z.int(),
  text: z.string().catch(''),
  'invalid-event-number': z.int().optional().catch(undefined),
  ackId: z.int().optional().catch(undefined),
});

/** The body as HEC's JSON, or undefined when it is anything else. White space around and inside is fine. */
export function hecAnswerOf(body: string): HecAnswer | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) return undefined;
  return {
    code: parsed.data.code,
    text: parsed.data.text,
    invalidEventNumber: parsed.data['invalid-event-number'],
    acknowledged: parsed.data.ackId !== undefined,
  };
}

export function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** Whether an answer is a web page, by its type or by how it begins. */
export function isHtml({ contentType = '', body }: HecResponse): boolean {
  return (
    /^\s*(?:text\/html|application\/xhtml)/i.test(contentType) ||
    /^[\s\uFEFF]*<(?:!doctype|html|head|body)/i.test(body)
  );
}

/** Splunk itself, not something in front of it: it sends HTML for 413, 415 and a gzip stream it cannot read. */
export function isSplunkd({ server = '' }: HecResponse): boolean {
  return /^splunkd\b/i.test(server.trim());
}

/** Products that people put in front of Splunk. Only these names are ever repeated from a `Server` header. */
const knownServers =
  /^(?:nginx|apache|cloudflare|akamaighost|awselb|envoy|haproxy|traefik|caddy|openresty|varnish|squid|microsoft-iis|cherrypy|google frontend|splunkd)\b/i;

/** The product that sent an answer, when it is one that an admin would know. */
export function knownServerOf({ server = '' }: HecResponse): string | undefined {
  return knownServers.exec(server.trim())?.[0];
}
