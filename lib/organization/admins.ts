import { db } from '@/lib/db/client';

export type AdminContact = { id: string; name: string; email: string };

/** Up to three active admins, the longest-serving first: whom to ask for access. */
export async function listAdminContacts(organizationId: string): Promise<AdminContact[]> {
  return db().user.findMany({
    where: { organizationId, role: 'admin', status: 'active' },
    select: { id: true, name: true, email: true },
    orderBy: { createdAt: 'asc' },
    take: 3,
  });
}
