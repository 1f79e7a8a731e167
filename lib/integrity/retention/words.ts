import type { RetentionDays } from '@/lib/integrity/retention/choices';

const years: Record<number, string> = { 365: '1 year', 730: '2 years', 2555: '7 years' };

/** "for ever", "400 days", "2 years": how long events are kept. */
export function retentionInWords(days: RetentionDays): string {
  return days === null ? 'for ever' : (years[days] ?? `${days} days`);
}

/** The same before a noun: "400-day", "2-year". */
export function retentionAsAttribute(days: number): string {
  return retentionInWords(days).replace(' ', '-').replace(/s$/, '');
}
