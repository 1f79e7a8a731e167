import 'server-only';
import { notFound } from 'next/navigation';
import { NotFoundError } from '@/lib/scans/not-found';

/** What a query found; the page for what does not exist when it says so. */
export async function found<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof NotFoundError) notFound();
    throw error;
  }
}
