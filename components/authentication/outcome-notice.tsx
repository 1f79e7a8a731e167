import { Notice } from '@/components/ui/notice';

type Search = Record<string, string | string[] | undefined>;

const names: Readonly<Record<string, string>> = {
  email: 'E-mail sign-in',
  google: 'Google sign-in',
  oidc: 'OIDC sign-in',
};

function nameOf(method: string | string[] | undefined): string | undefined {
  return typeof method === 'string' && Object.hasOwn(names, method) ? names[method] : undefined;
}

/** What the form that led to Settings > Authentication has done. */
export function MethodOutcome({ search }: { search: Search }) {
  const [enabled, disabled] = [nameOf(search.enabled), nameOf(search.disabled)];
  if (enabled) {
    return (
      <Notice tone="ok" announce title={`${enabled} is enabled.`}>
        It is on the sign-in page from now on.
      </Notice>
    );
  }
  if (disabled) {
    return (
      <Notice tone="ok" announce title={`${disabled} is disabled.`}>
        Nobody can sign in that way any more, and the sessions that began so have ended
        {search.disabled === 'email' ? '. Admins keep it' : ', but for your own'}.
      </Notice>
    );
  }
  if (search.deleted === 'oidc') {
    return (
      <Notice tone="ok" announce title="The OpenID Connect configuration was deleted.">
        The sessions that began through it have ended. People and their accounts stay.
      </Notice>
    );
  }
  return null;
}

const saved: Readonly<Record<string, { title: string; text: string }>> = {
  new: {
    title: 'The provider is connected.',
    text: 'Nobody can sign in through it yet: test it, then enable it.',
  },
  changed: { title: 'The settings were saved.', text: 'They hold from the next sign-in on.' },
  kept: {
    title: 'The settings were saved.',
    text: 'The provider did not answer as it must, so its addresses stay as they were. Press “Check provider” to see why.',
  },
};

/** What saving the connection's settings has done. */
export function SavedOutcome({ search }: { search: Search }) {
  const words = typeof search.saved === 'string' && Object.hasOwn(saved, search.saved) && saved[search.saved];
  if (!words) return null;
  return (
    <Notice tone={search.saved === 'kept' ? 'warn' : 'ok'} announce title={words.title}>
      {words.text}
    </Notice>
  );
}
