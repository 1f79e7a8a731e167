import type { Cause } from '@/lib/siem/splunk/cause';

export type Diagnosis = {
  /** Where the message belongs; `form` when no single field is to blame. */
  readonly field: 'hecUrl' | 'hecToken' | 'index' | 'form';
  readonly message: string;
  /** The cure. */
  readonly hint: string;
  /** Whether the same attempt may succeed later without a change here. */
  readonly retryable: boolean;
};

/** What was connected to. */
export type Target = {
  readonly host: string;
  readonly port: number;
  /** Absent: the token's default index. */
  readonly index?: string | undefined;
  /** How long an answer was waited for; 30 s unless given. */
  readonly deadlineMs?: number | undefined;
  /** Fingerprint of the one certificate that is trusted, if it is one. */
  readonly pinned?: string | undefined;
  /** `host` is a description, and the index is not to be named either. */
  readonly unnamed?: true;
};

export type Words = (cause: Cause, target: Target) => Diagnosis;

/** Trouble with the address: a person has to change something. */
export function wrongUrl(message: string, hint: string): Diagnosis {
  return { field: 'hecUrl', message, hint, retryable: false };
}

export function wrongToken(message: string, hint: string): Diagnosis {
  return { field: 'hecToken', message, hint, retryable: false };
}

/** Trouble that may pass by itself. */
export function notNow(field: 'hecUrl' | 'form', message: string, hint: string): Diagnosis {
  return { field, message, hint, retryable: true };
}

/** The certificate's own detail, or nothing. */
export function orElse(
  detail: string | undefined,
  otherwise: string,
  told: (detail: string) => string,
): string {
  return detail ? told(detail) : otherwise;
}
