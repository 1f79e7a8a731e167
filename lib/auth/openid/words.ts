import type { RefusalCode } from '@/lib/auth/openid/refused';
import type { Report } from '@/lib/auth/openid/report';

export type Words = { readonly title: string; readonly text: string };

type Name = { readonly provider: string; readonly email: string };

const askAdmin = 'Ask an admin of your organization.';

const words: Record<RefusalCode, (name: Name) => Words> = {
  start_again: () => ({
    title: 'Start again.',
    text: 'This sign-in was no longer waited for: it took more than ten minutes, was used before, or another tab began a newer one.',
  }),
  method_disabled: ({ provider }) => ({
    title: `${provider} is switched off.`,
    text: `Your organization does not accept it at present. Sign in another way, or ask an admin.`,
  }),
  settings_changed: ({ provider }) => ({
    title: `The settings of ${provider} have just changed.`,
    text: 'What it answered belongs to the earlier ones. Start again.',
  }),
  session_changed: () => ({
    title: 'Nothing was done.',
    text: 'You were signed out, or signed in as somebody else, while you were away. Start again.',
  }),
  throttled: () => ({
    title: 'Too many sign-ins from your address.',
    text: 'Wait a minute, then start again.',
  }),
  provider_error: ({ provider }) => ({
    title: `${provider} did not let you through.`,
    text: `Try again. If it stays like this, your account there may not be allowed to use Tracekeep. ${askAdmin}`,
  }),
  provider_unreachable: ({ provider }) => ({
    title: `${provider} does not answer.`,
    text: 'Tracekeep could not reach it to check your sign-in. Try again in a few minutes, or sign in another way.',
  }),
  client_refused: ({ provider }) => ({
    title: `${provider} does not accept Tracekeep.`,
    text: 'The client ID or the client secret is not right any more. An admin can correct it under Settings > Authentication.',
  }),
  secret_lost: ({ provider }) => ({
    title: `The client secret of ${provider} cannot be read any more.`,
    text: 'APP_SECRET has changed since it was entered. An admin can enter it again under Settings > Authentication.',
  }),
  token_refused: ({ provider }) => ({
    title: `What ${provider} answered cannot be trusted.`,
    text: `Its ID token did not pass the checks, so nobody was signed in. ${askAdmin}`,
  }),
  email_missing: ({ provider }) => ({
    title: `${provider} names no e-mail address.`,
    text: 'Tracekeep needs the claim email. An admin can add the scope email, or release the claim at the provider.',
  }),
  email_not_verified: ({ provider, email }) => ({
    title: 'Your e-mail address is not verified.',
    text: `${provider} does not vouch for ${email}. Verify it there, then try again.`,
  }),
  domain_not_allowed: ({ provider, email }) => ({
    title: 'Your e-mail address is not of an allowed domain.',
    text: `Through ${provider} your organization does not accept ${email}. ${askAdmin}`,
  }),
  account_exists: ({ provider, email }) => ({
    title: `${email} has an account already.`,
    text: `It is not connected with ${provider}. Sign in the way you usually do, then connect ${provider} under Account.`,
  }),
  not_invited: ({ provider, email }) => ({
    title: `There is no account for ${email}.`,
    text: `${provider} brings in invited people only. Ask an admin of your organization for an invitation.`,
  }),
  use_invitation: ({ provider, email }) => ({
    title: `${email} is invited as an admin.`,
    text: `Accept the invitation by its link, then connect ${provider} under Account.`,
  }),
  identity_taken: ({ provider, email }) => ({
    title: 'Nothing was connected.',
    text: `At ${provider} you are ${email}, which is connected with another account here.`,
  }),
  connected_already: ({ provider }) => ({
    title: 'Nothing was connected.',
    text: `Your account is connected with another account at ${provider}. Disconnect that one first.`,
  }),
  deactivated: () => ({
    title: 'Your account is deactivated.',
    text: `You cannot sign in until it is reactivated. ${askAdmin}`,
  }),
};

/** What to tell the person who was refused: what happened, and what they can do. */
export function refusalWords(
  refusal: RefusalCode,
  { provider, email }: Pick<Report, 'provider' | 'email'>,
): Words {
  return words[refusal]({ provider, email: email ?? 'your e-mail address' });
}
