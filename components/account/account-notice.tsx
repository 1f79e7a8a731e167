import { Notice } from '@/components/ui/notice';

const outcomes: Record<string, { title: string; text: string }> = {
  name: { title: 'Your name was changed.', text: 'Events of before keep the name you had then.' },
  password: {
    title: 'Your password was changed.',
    text: 'Every other session of yours was ended; this one goes on.',
  },
  session: { title: 'The session was ended.', text: 'That browser has to sign in again.' },
  others: { title: 'Every other session was ended.', text: 'Only this browser is signed in now.' },
};

/** What the form that led here has done. The address holds one of four words; the sentences are made here. */
export function AccountNotice({ done }: { done: string | string[] | undefined }) {
  const outcome = typeof done === 'string' && Object.hasOwn(outcomes, done) ? outcomes[done] : undefined;
  if (!outcome) return null;
  return (
    <Notice tone="ok" announce title={outcome.title}>
      {outcome.text}
    </Notice>
  );
}
