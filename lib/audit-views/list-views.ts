import { z } from 'zod';
import type { Actor } from '@/lib/auth/actor-source';
import { db } from '@/lib/db/client';

/** Who looks. */
export type Viewer = Pick<Actor, 'organization' | 'user'>;

/** A view as somebody sees it; plain data. */
export type SavedView = {
  id: string;
  name: string;
  /** The parameters of the log's address. */
  query: string;
  shared: boolean;
  /** Whether it is the viewer's own. */
  own: boolean;
  ownerName: string;
  /** Whether the log opens with it for the viewer. */
  isDefault: boolean;
};

/** The viewer's own views and those that others of the organization share, by name. */
export function listViews(viewer: Viewer): Promise<SavedView[]> {
  return find(viewer, {});
}

/** One of {@link listViews} by its id; undefined for an id that is none, and for a view that the viewer may not see. */
export async function getView(viewer: Viewer, id: string): Promise<SavedView | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  return (await find(viewer, { id }))[0];
}

/** The views that somebody may see, for a query. */
export function visibleTo({ organization, user }: Viewer) {
  return { organizationId: organization.id, OR: [{ ownerId: user.id }, { shared: true }] };
}

async function find(viewer: Viewer, which: { id?: string }): Promise<SavedView[]> {
  const rows = await db().savedView.findMany({
    where: { ...visibleTo(viewer), ...which },
    select: {
      id: true,
      name: true,
      query: true,
      shared: true,
      ownerId: true,
      owner: { select: { name: true } },
      defaultOf: { where: { userId: viewer.user.id }, select: { userId: true } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ ownerId, owner, defaultOf, ...view }) => ({
    ...view,
    own: ownerId === viewer.user.id,
    ownerName: owner.name,
    isDefault: defaultOf.length > 0,
  }));
}
