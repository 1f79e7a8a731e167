import type { TlsTrust } from '@/lib/siem/splunk/trust';

/** The part of the configuration form that says what to trust; every field may be absent. */
export type TypedTrust = {
  readonly trust?: TlsTrust['kind'] | undefined;
  /** PEM, pasted or from a file; the file wins. */
  readonly caCertificate?: string | undefined;
  readonly caFile?: string | undefined;
  readonly fingerprint?: string | undefined;
  /** The fingerprint that a test showed and that somebody has agreed to. */
  readonly pin?: string | undefined;
};

/** What the form says to trust, not checked yet; undefined when it does not say. */
export function typedTrust(typed: TypedTrust): TlsTrust | undefined {
  if (typed.pin !== undefined) return { kind: 'pinned', fingerprint256: typed.pin };
  if (typed.trust === 'pinned') return { kind: 'pinned', fingerprint256: typed.fingerprint ?? '' };
  if (typed.trust === 'ca') return { kind: 'ca', pem: authorityText(typed) };
  return typed.trust === 'system' ? { kind: 'system' } : undefined;
}

/** The text of the authority, for the form to keep; undefined for none, and for one with a private key in it. */
export function keptAuthority(typed: TypedTrust): string | undefined {
  const text = authorityText(typed);
  return text === '' || text.includes('PRIVATE KEY') ? undefined : text;
}

function authorityText({ caFile = '', caCertificate = '' }: TypedTrust): string {
  return (caFile.trim() || caCertificate).trim();
}
