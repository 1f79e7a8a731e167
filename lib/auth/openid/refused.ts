import type { FailureReason } from '@/lib/auth/sign-in-failure';

/** Why a sign-in, a test or a link through an identity provider came to nothing, and what the audit log calls it. */
const reasons = {
  start_again: 'provider_refused',
  method_disabled: 'method_disabled',
  settings_changed: 'method_disabled',
  session_changed: 'provider_refused',
  throttled: 'throttled',
  provider_error: 'provider_refused',
  provider_unreachable: 'provider_refused',
  client_refused: 'provider_refused',
  secret_lost: 'provider_refused',
  token_refused: 'provider_refused',
  email_missing: 'email_not_verified',
  email_not_verified: 'email_not_verified',
  domain_not_allowed: 'domain_not_allowed',
  account_exists: 'unknown_identity',
  not_invited: 'unknown_identity',
  use_invitation: 'unknown_identity',
  identity_taken: 'unknown_identity',
  connected_already: 'unknown_identity',
  deactivated: 'deactivated',
} as const satisfies Record<string, FailureReason>;

export type RefusalCode = keyof typeof reasons;

export const refusalCodes = Object.keys(reasons).filter(isRefusalCode);

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(reasons, text);
}

export function failureReason(code: RefusalCode): FailureReason {
  return reasons[code];
}

type Details = {
  /** The account that it is about, where one is known. */
  user?: { id: string; name: string } | undefined;
  /** The address that the provider named. */
  email?: string | undefined;
  /** The provider's own words, as they came. Only for the eyes of the person who was refused. */
  said?: string | undefined;
  /** What exactly did not fit, for an admin who tests. */
  detail?: string | undefined;
};

/** Nobody is let in. The person is told in the words of lib/auth/openid/words.ts; the audit log has the reason. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly code: RefusalCode,
    readonly details: Details = {},
  ) {
    super(code);
  }
}
