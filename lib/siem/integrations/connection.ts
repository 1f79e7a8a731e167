import { networkPolicy } from '@/lib/net/network-policy';
import { cleanTyped } from '@/lib/net/typed-value';
import { type ConfigurationField, RefusedError } from '@/lib/siem/integrations/refusal';
import { type HecEndpoint, parseHecUrl } from '@/lib/siem/splunk/endpoint';
import { parseIndex } from '@/lib/siem/splunk/index-name';
import { parseHecToken } from '@/lib/siem/splunk/token';
import { parseTrust, type TlsTrust } from '@/lib/siem/splunk/trust';

/** The settings as an admin types them. An empty index means the token's default one, no trust the system's. */
export type ConnectionInput = {
  readonly hecUrl: string;
  readonly hecToken: string;
  readonly index: string;
  readonly trust?: TlsTrust | undefined;
};

/** The settings, ready to use. */
export type Connection = {
  readonly eventUrl: string;
  readonly token: string;
  readonly index: string | undefined;
  readonly trust: TlsTrust;
  /** Short sentences about what was changed or looks doubtful. */
  readonly warnings: readonly string[];
};

/** The parts of a connection that were typed; what was not typed is undefined, an index left empty is null. */
export type ConnectionPart = {
  readonly address: HecEndpoint | undefined;
  readonly token: string | undefined;
  readonly index: string | null | undefined;
  readonly trust: TlsTrust | undefined;
  readonly warnings: readonly string[];
};

/** What is absent was not typed. */
export type TypedConnection = {
  readonly [Field in keyof ConnectionInput]?: ConnectionInput[Field] | undefined;
};

/** Reads the settings that were typed. Throws a {@link RefusedError} that names every one that cannot be used. */
export function parseConnectionPart(input: TypedConnection): ConnectionPart {
  const address = input.hecUrl === undefined ? undefined : parseHecUrl(input.hecUrl, networkPolicy());
  const token = input.hecToken === undefined ? undefined : parseHecToken(input.hecToken);
  const index = input.index === undefined ? undefined : parseIndex(input.index);
  const trust = input.trust === undefined ? undefined : parseTrust(input.trust);
  const problems = [
    ...problemOf('hecUrl', address),
    ...problemOf('hecToken', token),
    ...problemOf('index', index),
    ...problemOf('trust', trust),
  ];
  if (problems.length > 0) throw new RefusedError(problems);
  return {
    address: address?.ok ? address : undefined,
    token: token?.ok ? token.token : undefined,
    index: index?.ok ? (index.index ?? null) : undefined,
    trust: trust?.ok ? trust.trust : undefined,
    warnings: [...(address?.ok ? address.warnings : []), ...(token?.ok ? token.warnings : [])],
  };
}

/** Reads all settings. Throws a {@link RefusedError} that names every one that cannot be used. */
export function parseConnection(input: ConnectionInput): Connection {
  const { address, token, index, trust, warnings } = parseConnectionPart(input);
  if (!address || token === undefined) throw new TypeError('a setting was not given');
  return {
    eventUrl: address.eventUrl,
    token,
    index: index ?? undefined,
    trust: trust ?? { kind: 'system' },
    warnings,
  };
}

/**
 * The address as it is stored in clear text and shown again: as typed, without query and fragment. HEC needs neither, and
 * people paste tokens in them.
 */
export function shownAddress(typed: string): string {
  return cleanTyped(typed).replace(/[?#].*$/s, '');
}

/** Whether two addresses share scheme, host and port: only then may one have the other's token (security.md #67). */
export function sameOrigin(address: string, other: string): boolean {
  return new URL(address).origin === new URL(other).origin;
}

/** Refuses to send a stored token to an address that it was not entered for. */
export const tokenNeeded = new RefusedError([
  {
    field: 'hecToken',
    message: 'Enter the HEC token for the new address',
    hint: 'The stored token is only sent to the address that it was entered for.',
  },
]);

/** The last four characters tell tokens apart; of a short one they would tell too much. */
export function lastFour(token: string): string {
  return token.length >= 12 ? token.slice(-4) : '';
}

/** Host and port of an address for people: the port only where it is not the scheme's own. */
export function hostOf(address: string): string {
  return new URL(address).host;
}

type Parsed = { readonly ok: true } | { readonly ok: false; readonly message: string; readonly hint: string };

function problemOf(field: ConfigurationField, parsed: Parsed | undefined) {
  return !parsed || parsed.ok ? [] : [{ field, message: parsed.message, hint: parsed.hint }];
}
