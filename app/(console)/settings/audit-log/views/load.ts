import 'server-only';
import { notFound } from 'next/navigation';
import { getView, type SavedView } from '@/lib/audit-views/list-views';
import { type Actor, requirePermission } from '@/lib/auth/actor';

/** The view that an address names, and who looks at it; the page for what does not exist when they may not see it. */
export async function loadView(params: Promise<{ id: string }>): Promise<{ actor: Actor; view: SavedView }> {
  const actor = await requirePermission('audit_log.read');
  const { id } = await params;
  const view = await getView(actor, id);
  return { actor, view: view ?? notFound() };
}
