import 'server-only';
import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';

/** Goes to another page of the console. A redirect alone leaves the sidebar as it was, and with it the streams' state. */
export function leave(path: string): never {
  refresh();
  redirect(path);
}
