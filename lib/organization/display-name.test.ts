import { expect, test } from 'vitest';
import { displayName } from '@/lib/organization/display-name';

const read = (typed: string) => displayName('your name').safeParse(typed);

test.each([
  ['  Zoe\u0308  \r\n Fox ', 'Zoë Fox'],
  ['علی\u200Cرضا', 'علی\u200Cرضا'],
  ["O'Neil <b>", "O'Neil <b>"],
])('%j is the name %j', (typed, name) => {
  expect(read(typed).data).toBe(name);
});

test.each(['', ' \u200B ', '--', 'x'.repeat(101), 'a\u001B[2J', 'a\u009B', 'Acme \u202Egpj.exe', 'a\u2067b'])(
  '%j is no name',
  (typed) => {
    expect(read(typed).success).toBe(false);
  },
);
