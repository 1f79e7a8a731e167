import type { Viewer } from '@/lib/audit-views/list-views';

/**
 * Whether somebody may delete a view that they see: their own, and as an admin any that is shared. Who left the organization
 * left views that nobody else could delete.
 */
export function mayDelete({ user }: Viewer, { own }: { own: boolean }): boolean {
  return own || user.role === 'admin';
}
