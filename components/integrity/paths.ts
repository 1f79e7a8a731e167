import { logPath } from '@/components/audit/log-href';

export const integrityPath = `${logPath}/integrity`;
export const retentionPath = `${logPath}/retention`;

/** What can have been done by the form that led to the page. */
export const integrityOutcomes = ['started', 'cancelled', 'signed', 'covered'] as const;
export type IntegrityOutcome = (typeof integrityOutcomes)[number];
