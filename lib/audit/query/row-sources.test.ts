import { expect, test } from 'vitest';
import { useDatabase } from '@/test/database';
import { rowSources } from './row-sources';
import { logOf } from './testing/log-of';

useDatabase();

test('program and way of signing in are those of the rows that are asked for, of one organization', async () => {
  const { organization } = await logOf([
    {
      action: 'user.login',
      metadata: { method: 'google' },
      context: { user_agent: 'curl/8', origin: 'console' },
    },
    { context: { origin: 'scheduler' } },
    {},
  ]);
  const other = await logOf([{}]);
  const found = await rowSources(organization.id, ['1', '2']);
  expect([...found].sort()).toEqual([
    ['1', { agent: 'curl/8', method: 'google' }],
    ['2', {}],
  ]);
  expect((await rowSources(other.organization.id, ['2'])).size).toBe(0);
});
