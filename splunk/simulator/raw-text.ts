import type { Envelope } from '@/splunk/simulator/envelope';

/**
 * The events of a `/raw` body: one for each line that is not blank. Splunk breaks lines by props.conf; this is its
 * commonest outcome. Broken UTF-8 is taken as it comes.
 */
export function* rawEvents(body: Buffer): Generator<Envelope> {
  for (const line of body.toString('utf8').split('\n')) {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text.trim() !== '') yield { event: text, time: undefined, fields: undefined, raw: text };
  }
}
