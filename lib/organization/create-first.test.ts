import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { createFirstOrganization } from '@/lib/organization/create-first';
import { useDatabase } from '@/test/database';

useDatabase();

const context = { ip: '203.0.113.7', origin: 'console' as const };
const account = (name: string) => ({
  organization: 'Zürich & Söhne',
  name,
  email: `${name.toLowerCase()}@zuerich.example`,
  password: 'violet harbour clockwork 9',
});

test('of two set-ups at the same time one makes the only admin, and the other leaves nothing', async () => {
  const results = await Promise.allSettled(
    ['Alice', 'Ben'].map((name) => createFirstOrganization(account(name), context)),
  );

  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [organization, ...more] = await db().organization.findMany({ include: { users: true } });
  expect(more).toEqual([]);
  expect(organization).toMatchObject({
    name: 'Zürich & Söhne',
    slug: 'zurich-sohne',
    users: [{ role: 'admin' }],
  });
  const events = await db().auditEvent.findMany({ select: { seq: true, action: true, record: true } });
  expect(events).toMatchObject([{ seq: 1n, action: 'user.create' }]);
});
