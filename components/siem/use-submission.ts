import { unstable_rethrow } from 'next/navigation';
import { useActionState, useState, useTransition } from 'react';
import { type ActionState, type FollowedState, idle } from '@/lib/action/state';

type Action<Data> = (state: ActionState<Data>, form: FormData) => Promise<FollowedState<Data>>;

/**
 * An action for a form that loses nothing of what was typed. As a form action React would empty the fields after each
 * answer, and replace the whole page by an error where no answer comes. `send` does neither, and shows the answers that
 * follow the first one; `post` is the form's `action`, for browsers without JavaScript.
 */
export function useSubmission<Data>(action: Action<Data>) {
  const [posted, post] = useActionState(action, { status: 'idle' });
  const [sent, setSent] = useState<ActionState<Data>>();
  const [pending, startTransition] = useTransition();
  const state = sent ?? posted;

  const refuse = (refusal: Partial<ActionState<Data>>) =>
    setSent({ status: 'error', values: state.values, data: state.data, ...refusal });

  const send = (form: FormData) => {
    const field = tooLong(form);
    if (field !== undefined) return refuse({ fieldErrors: { [field]: moreThanAForm } });
    startTransition(async () => {
      try {
        const { following, ...answer } = await action(idle, form);
        setSent(answer);
        for await (const next of following ?? []) setSent({ ...next, values: answer.values });
      } catch (error) {
        // A redirect is no failure.
        unstable_rethrow(error);
        refuse(unanswered);
      }
    });
  };

  return { state, post, send, pending };
}

const unanswered = {
  message: 'The server did not answer.',
  hint: 'Check your connection and try again. Nothing of what you typed is lost.',
};

/** Bytes; the server refuses a longer form before any field of it is looked at (proxy.ts), less room for its framing. */
const longestForm = 1_000_000;

const moreThanAForm = {
  message: 'This is longer than 1 MB, the limit for one form',
  hint: 'Paste only the value itself.',
};

/** The longest field of a form that the server would not take. */
function tooLong(form: FormData): string | undefined {
  const sizes = [...form].map(([name, value]) => ({ name, bytes: new Blob([value]).size }));
  if (sizes.reduce((sum, { bytes }) => sum + bytes, 0) <= longestForm) return undefined;
  return sizes.reduce((longest, field) => (field.bytes > longest.bytes ? field : longest)).name;
}
