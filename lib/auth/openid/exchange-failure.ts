import { errors } from 'openid-client';
import { networkWords } from '@/lib/auth/openid/fetch-json';
import { Refused } from '@/lib/auth/openid/refused';
import { codeOf } from '@/lib/net/error-code';

/** What the token endpoint answers when it does not know us: RFC 6749 §5.2. */
const clientErrors: readonly unknown[] = ['invalid_client', 'unauthorized_client'];

/**
 * What it means that the code could not be exchanged for an ID token, or that the token is none to be trusted. The detail
 * is for an admin who tests the connection. Rethrows what is no provider's fault.
 */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof errors.OPError) {
    const code = clientErrors.includes(error.error) ? 'client_refused' : 'provider_error';
    // Not its message: that also holds the provider's error_description.
    return new Refused(code, { detail: `The token endpoint: ${error.error}` });
  }
  if (error instanceof errors.RPError) {
    const late = error.message.startsWith('outgoing request timed out');
    return new Refused(late ? 'provider_unreachable' : 'token_refused', { detail: error.message });
  }
  if (error instanceof SyntaxError)
    return new Refused('provider_error', { detail: 'The answer is not JSON.' });
  // openid-client says so of a token response without an ID token, and of one that is no text.
  if (error instanceof TypeError && !('code' in error)) {
    return new Refused('token_refused', { detail: error.message });
  }
  const code = codeOf(error);
  if (code === 'UNKNOWN') throw error;
  return new Refused('provider_unreachable', { detail: networkWords(code) });
}
