import { isDangerousPort, type NetworkPolicy } from '@/lib/net/network-policy';
import { cleanTyped, problem, type TypedProblem } from '@/lib/net/typed-value';
import { isRefusedHost, plainHttpAllowed, portOf, withScheme } from '@/lib/net/web-address';

export type HecEndpoint = {
  readonly ok: true;
  /** Where events are posted. */
  readonly eventUrl: string;
  /** Where HEC reports its health; only asked to sharpen the diagnosis of a failure. */
  readonly healthUrl: string;
  readonly origin: string;
  /** Lower case, punycode; IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
  /** Short sentences about what was changed or looks doubtful. */
  readonly warnings: readonly string[];
};

const maxUrlLength = 2_048;
const hecPath = /\/services\/collector(?:\/(?:event|raw|health)(?:\/1\.0)?|\/ack|\/1\.0)?$/i;
const splunkWebPath = /^\/(?:[a-z]{2}[-_][a-z]{2}(?:\/|$)|app\/|account\/|manager\/|splunkd\/)/i;
const secretParameter = /token|auth|pass|secret|key/i;

/**
 * The address that events go to, from what an admin typed: the sixteen steps of hec.md §1.5 as one pure function. It
 * forgives what a person pastes (no scheme, a full collector path, doubled slashes) and says so in `warnings`; it never
 * guesses another host or port. Names are not resolved here: the address behind a name is judged at connect time.
 */
export function parseHecUrl(typed: string, policy: NetworkPolicy): HecEndpoint | TypedProblem {
  // Before anything looks at it, so that a field of ten megabytes costs nothing.
  if (typed.length > maxUrlLength) {
    return problem('HEC URL is longer than 2,048 characters', 'Enter only https://host:port.');
  }
  const text = cleanTyped(typed);
  if (text === '') return problem('Enter the HEC URL', 'For example https://splunk.example.com:8088');
  // URL would drop tabs and newlines without a word, and show another host than the one that was read.
  if (/[\s\p{C}\\]/u.test(text)) {
    return problem('HEC URL contains a space or another character that no address has', 'Copy it again.');
  }
  const warnings: string[] = [];
  const schemed = withScheme(text);
  const address = schemed?.address;
  if (schemed?.added) warnings.push('We added https:// in front.');
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (address === undefined || (url && url.protocol !== 'https:' && url.protocol !== 'http:'))
    return notHttps;
  if (!url?.hostname) {
    return problem(
      'HEC URL is not an address',
      'Enter it as https://host:port, with a port from 1 to 65535.',
    );
  }
  const secret = /^https?:\/*[^/?#]*@/i.test(address) || [...url.searchParams.keys()].some(isSecret);
  if (secret) {
    return problem(
      'Remove the user name, password or query from the HEC URL',
      'Put the token in the HEC Token field.',
    );
  }
  if (url.protocol === 'http:' && !plainHttpAllowed(url.hostname, policy)) return notHttps;
  if (url.search || url.hash) warnings.push('We removed everything after the path: HEC needs none of it.');

  const refused = refusedHostOrPort(url, policy);
  if (refused) return refused;
  const path = prefixOf(url.pathname, warnings);
  if (typeof path !== 'string') return path;
  warnings.push(...doubtsAbout(url));

  const collector = `${url.origin}${path}/services/collector`;
  return {
    ok: true,
    eventUrl: `${collector}/event`,
    healthUrl: `${collector}/health`,
    origin: url.origin,
    host: url.hostname,
    port: portOf(url),
    warnings,
  };
}

const notHttps = problem(
  'HEC URL must start with https://',
  'Events contain personal data, so plain HTTP is not used.',
);

function isSecret(parameter: string): boolean {
  return secretParameter.test(parameter);
}

function refusedHostOrPort(url: URL, policy: NetworkPolicy): TypedProblem | undefined {
  const port = portOf(url);
  if (port === 0 || isDangerousPort(port)) {
    return problem(`HEC URL uses port ${port}, which is not allowed`, 'HEC is usually on 8088 or 443.');
  }
  const otherUse = splunkPorts.get(port);
  if (otherUse) {
    return problem(
      `HEC URL uses port ${port}, which is usually ${otherUse}`,
      'HEC normally listens on 8088 (Enterprise, trials) or 443 (Cloud).',
    );
  }
  if (isRefusedHost(url, policy)) {
    return problem(
      'HEC URL points to a private address',
      'Ask your operator to allow it, or use a reachable address.',
    );
  }
  return undefined;
}

const splunkPorts: ReadonlyMap<number, string> = new Map([
  [8000, 'Splunk Web'],
  [8089, 'the Splunk management port'],
  [9997, 'the Splunk forwarder port'],
]);

/** What is left of a path once the collector's own part is gone: the prefix of a reverse proxy, '' for none. */
function prefixOf(pathname: string, warnings: string[]): string | TypedProblem {
  let prefix = collapse(pathname);
  for (let end = hecPath.exec(prefix); end; end = hecPath.exec(prefix)) {
    warnings.push(
      /\/raw/i.test(end[0])
        ? `We removed ${end[0]}: events go to the event endpoint as JSON, not to /raw.`
        : `We removed ${end[0]}: it is added automatically.`,
    );
    prefix = collapse(prefix.slice(0, end.index));
  }
  if (prefix === '') return '';
  if (splunkWebPath.test(prefix)) {
    return problem(
      'HEC URL is the address of a Splunk Web page',
      'Enter the HEC address: only https://host:port, usually with port 8088 or 443.',
    );
  }
  if (!/^(?:\/[\w.~-]+)+$/.test(prefix) || /services\/collector/i.test(prefix)) {
    return problem('HEC URL has a path that HEC does not have', 'Remove any path after the host name.');
  }
  warnings.push(`We keep the path ${prefix}. Remove it unless a proxy in front of Splunk needs it.`);
  return prefix;
}

function collapse(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
}

function doubtsAbout(url: URL): string[] {
  const host = url.hostname;
  if (host.endsWith('.splunkcloud.com') && !/^(?:http-inputs|inputs?)[.-]/.test(host)) {
    if (url.port !== '' && url.port !== '443') return [];
    const stack = host.slice(0, host.indexOf('.'));
    return [
      `On Splunk Cloud, HEC is usually at https://http-inputs-${stack}.splunkcloud.com, on a trial at https://${host}:8088.`,
    ];
  }
  if (url.port === '' && !/\.splunkcloud(?:gc)?\.com$/.test(host)) {
    return [`Port ${portOf(url)} will be used. HEC usually listens on 8088.`];
  }
  return [];
}
