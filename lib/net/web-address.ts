import { isIP } from 'node:net';
import { checkAddress, isLoopbackAddress } from '@/lib/net/address-policy';
import { isDangerousPort, isOwnEndpoint, type NetworkPolicy } from '@/lib/net/network-policy';
import { cleanTyped, problem, type TypedProblem } from '@/lib/net/typed-value';

const maxUrlLength = 2_048;

/** The text as an absolute web address; undefined when it names a scheme other than http and https. */
export function withScheme(text: string): { address: string; added: boolean } | undefined {
  const web = /^(https?):\/*/i.exec(text);
  if (web) return { address: `${web[1]}://${text.slice(web[0].length)}`, added: false };
  // "splunk:8088" is a host with its port, "javascript:alert(1)" is a scheme.
  if (/^[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))/i.test(text) && !text.includes('@')) return undefined;
  return { address: `https://${text.replace(/^\/+/, '')}`, added: true };
}

/** URL.hostname without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The port in use, also where the address leaves it out. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Whether a host name of a URL is this machine by its name or address alone; other names are judged when resolved. */
export function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || isLoopbackAddress(bareHost(hostname));
}

/** Plain HTTP carries secrets in clear text: only within this machine, or where the operator switched it on. */
export function plainHttpAllowed(hostname: string, policy: NetworkPolicy): boolean {
  return policy.plainHttpAllowed || (policy.loopbackAllowed && isLoopbackName(hostname));
}

/** Whether a host can be refused before its name is resolved: a refused literal, this machine, our own listeners. */
export function isRefusedHost(url: URL, policy: NetworkPolicy): boolean {
  const host = bareHost(url.hostname);
  const literal = isIP(host) !== 0 && !checkAddress(host, policy).allowed;
  const local = isLoopbackName(url.hostname) && !policy.loopbackAllowed;
  return literal || local || isOwnEndpoint(host, portOf(url), policy);
}

export type WebAddressRules = {
  /** How the field is called in its messages: "Issuer URL". */
  readonly what: string;
  /** Shown when the field is empty. */
  readonly example: string;
  readonly policy: NetworkPolicy;
  /** True where plain http is a legitimate thing to look at, and nothing secret is sent to it. */
  readonly httpAllowed?: boolean;
  readonly queryAllowed?: boolean;
};

/**
 * The address that a person typed, for every field but the HEC URL (which has rules of its own): http or https, no user
 * name or password, no fragment, no port that speaks another protocol, no host that the policy refuses by its spelling.
 * Names are not resolved here: the address behind a name is judged at connect time (lib/net/resolve.ts).
 */
export function parseWebAddress(
  typed: string,
  rules: WebAddressRules,
): { ok: true; url: URL } | TypedProblem {
  const { what, policy } = rules;
  if (typed.length > maxUrlLength) return problem(`${what} is longer than 2,048 characters`, 'Shorten it.');
  const text = cleanTyped(typed);
  if (text === '') return problem(`Enter the ${what}`, `For example ${rules.example}`);
  // URL would drop tabs and newlines without a word, and show another host than the one that was read.
  if (/[\s\p{C}\\]/u.test(text)) {
    return problem(`${what} contains a space or another character that no address has`, 'Copy it again.');
  }
  const address = withScheme(text)?.address;
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (address === undefined)
    return problem(`${what} must start with https://`, `For example ${rules.example}`);
  if (!url?.hostname) return problem(`${what} is not an address`, `For example ${rules.example}`);
  if (/^https?:\/*[^/?#]*@/i.test(address)) {
    return problem(
      `Remove the user name or password from the ${what}`,
      'Secrets do not belong in addresses.',
    );
  }
  if (url.protocol === 'http:' && !rules.httpAllowed && !plainHttpAllowed(url.hostname, policy)) {
    return problem(
      `${what} must start with https://`,
      'What is sent there must not cross the network in clear text.',
    );
  }
  if (url.hash || (url.search && !rules.queryAllowed)) {
    return problem(`Remove everything after the path of the ${what}`, 'It takes no ? and no #.');
  }
  const port = portOf(url);
  if (port === 0 || isDangerousPort(port)) {
    return problem(
      `${what} uses port ${port}, which is not allowed`,
      'Use the port of a web server, usually 443.',
    );
  }
  if (isRefusedHost(url, policy)) {
    return problem(
      `${what} points to a private address`,
      'Ask your operator to allow it, or use a reachable address.',
    );
  }
  return { ok: true, url };
}
