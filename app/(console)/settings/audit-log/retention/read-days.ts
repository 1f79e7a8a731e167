import { type RetentionDays, retentionChoices } from '@/lib/integrity/retention/choices';

/** A retention as the form and the address spell it; undefined for what is none of the choices. */
export function readDays(typed: unknown): RetentionDays | undefined {
  return retentionChoices.find((choice) => String(choice ?? 'forever') === typed);
}
