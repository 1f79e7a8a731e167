import { expect, test } from 'vitest';
import { useDatabase } from '@/test/database';
import { complete } from './complete';
import { logOf } from './testing/log-of';

useDatabase();

const actor = (id: string | undefined, name: string, email?: string) => ({
  actor: {
    type: 'user' as const,
    ...(id !== undefined && { id }),
    name,
    ...(email && { email }),
    role: 'member',
  },
});

test('the query field completes names of its own log with what the query takes', async () => {
  const { organization } = await logOf([
    actor('ben-1', 'Ben Okafor', 'ben@acme.example'),
    { actor: { type: 'api_key', name: 'ben, the bot' } },
  ]);
  const other = await logOf([actor('mira-1', 'Mira Sato')]);
  const ask = async (prefix: string) => {
    const { start, options } = await complete(organization.id, prefix);
    return { replaced: prefix.slice(start), options };
  };
  expect(await ask('prod -actor:be')).toEqual({
    replaced: 'be',
    options: [
      { text: 'ben-1', hint: 'Ben Okafor, ben@acme.example' },
      { text: '"ben, the bot"', hint: 'api key' },
    ],
  });
  expect((await ask('actor:"ben, t')).options).toHaveLength(1);
  expect((await ask('actor:mira')).options).toEqual([]);
  expect((await complete(other.organization.id, 'actor:mi')).options).toHaveLength(1);
  expect((await ask('action:scan.st')).options.map(({ text }) => text)).toContain('scan.start');
  expect(await ask('res')).toMatchObject({ replaced: 'res', options: [{ text: 'result:' }] });
});
