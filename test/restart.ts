import { closeDatabase } from '@/lib/db/client';

/** What a restart of the server leaves of its state in memory: no connection, no client. */
export const restart = closeDatabase;
