import type { ReactNode } from 'react';
import { answerWith } from '@/lib/http-status';
import Forbidden from './forbidden';
import NotFound from './not-found';

/** The status that forbidden() or notFound() asks for by throwing; undefined for every other error. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('digest' in error)) return undefined;
  const [name, status] = String(error.digest).split(';');
  return name === 'NEXT_HTTP_ERROR_FALLBACK' ? Number(status) : undefined;
}

/**
 * A page of the console whose 403 and 404 are rendered on the server like any other answer. Left to Next, the status is
 * right too, but the page stays blank until the browser runs JavaScript.
 */
export function servedPage<Props>(
  render: (props: Props) => Promise<ReactNode>,
): (props: Props) => Promise<ReactNode> {
  return async (props) => {
    try {
      return await render(props);
    } catch (error) {
      const status = statusOf(error);
      if (status !== 403 && status !== 404) throw error;
      answerWith(status);
      return status === 403 ? <Forbidden /> : <NotFound />;
    }
  };
}
