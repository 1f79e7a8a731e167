import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import { isUnfiltered } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch } from '@/lib/audit/filter/search-params';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import type { Viewer } from '@/lib/audit-views/list-views';
import { requireOwn } from '@/lib/audit-views/require-own';
import { maxQueryLength, maxViews, viewFilter } from '@/lib/audit-views/view-input';

export type NewView = { name: string; query: string; shared: boolean };

/**
 * Keeps a filter under a name, and returns the view's id. Throws a {@link UserError} for a filter that asks for everything
 * or is too long, at `name` when the person has a view of that name, and for the limit of fifty.
 */
export async function saveView(viewer: Viewer, { name, query: given, shared }: NewView): Promise<string> {
  // Nobody's browser sends so much: it is refused before any time is spent on it.
  if (given.length > 4 * maxQueryLength) throw tooLong();
  const filter = viewFilter(given);
  const query = formatAuditSearch({ filter }).toString();
  if (isUnfiltered(filter))
    throw new UserError('There is no filter to save.', {
      hint: 'Filter the audit log first, then save the view.',
    });
  if (query.length > maxQueryLength) throw tooLong();

  const { id: ownerId } = viewer.user;
  const organizationId = viewer.organization.id;
  return withTransaction(async (tx) => {
    await requireFreeName(tx, ownerId, name);
    if ((await tx.savedView.count({ where: { ownerId } })) >= maxViews)
      throw new UserError(`You can keep ${maxViews} views.`, { hint: 'Delete one that you no longer use.' });
    const { id } = await tx.savedView.create({
      data: { id: randomUUID(), organizationId, ownerId, name, query, shared },
    });
    return id;
  });
}

function tooLong(): UserError {
  return new UserError('This filter is too long to be saved.', { hint: 'Take some of its values away.' });
}

/**
 * Renames one's own view, and shares it or keeps it to oneself; then it opens the log for nobody else. Throws a
 * {@link UserError} at `name` when the person has another view of that name, and for a view that is not theirs.
 */
export async function changeView(
  viewer: Viewer,
  id: string,
  { name, shared }: Omit<NewView, 'query'>,
): Promise<void> {
  const { id: ownerId } = viewer.user;
  await withTransaction(async (tx) => {
    await requireFreeName(tx, ownerId, name, id);
    await requireOwn(tx, viewer, id);
    await tx.savedView.update({ where: { id }, data: { name, shared } });
    if (!shared) await tx.defaultView.deleteMany({ where: { viewId: id, userId: { not: ownerId } } });
  });
}

/** One at a time for each person, so that neither the limit nor a name is passed by two at once. */
async function requireFreeName(tx: Tx, ownerId: string, name: string, except?: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM app_user WHERE id = ${ownerId}::uuid FOR NO KEY UPDATE`;
  const other = await tx.savedView.findUnique({
    where: { ownerId_name: { ownerId, name } },
    select: { id: true },
  });
  if (other && other.id !== except) {
    throw new UserError(`You already have a view named ${name}`, {
      field: 'name',
      hint: 'Choose another name, or delete that view first.',
    });
  }
}
