import { describePresets } from '@/splunk/simulator/presets';

/** What `npm run splunk -- --help` prints. */
export function usage(): string {
  const presets = [...describePresets()].map(([name, says]) => `  ${name.padEnd(22)} ${says}`);
  return `A Splunk to rehearse with: an HTTP Event Collector on this machine that takes events, and fails when told to.

npm run splunk -- [options]             starts it; Ctrl-C stops it

  --preset NAME     what it is and which faults it begins with (below); may be given more than once
  --https           HTTPS with a self-signed certificate that is kept across restarts
  --seed NUMBER     draws chance from this seed, as printed by an earlier run, to repeat it
  --ledger FILE     appends a line of JSON for every event and request

npm run splunk -- --rehearse NAME       has the simulator that runs begin a fault, as a button of its page does
npm run splunk -- --heal                ends all faults

  --times NUMBER    for so many requests, with --rehearse

SPLUNK_PORT (8088) is where it listens, SPLUNK_TOKEN its token; otherwise one is kept in DATA_DIR (.data).

Presets
${presets.join('\n')}`;
}
