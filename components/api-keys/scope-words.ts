import type { Scope } from '@/lib/api-keys/scopes';

/** What each scope lets a program do, for the person who gives it. */
export const scopeWords: Record<Scope, { label: string; hint: string }> = {
  'audit_log:read': {
    label: 'Read the audit log',
    hint: 'Every event, with all filters, and the list of what can be recorded.',
  },
  'siem:read': {
    label: 'Read the SIEM status',
    hint: 'How far each integration is. Neither addresses nor tokens.',
  },
  'scans:read': { label: 'Read scans', hint: 'Scans, their runs and what they found.' },
  'scans:write': {
    label: 'Manage scans',
    hint: 'Create, start, stop, schedule and delete them. Reading is a permission of its own.',
  },
};
