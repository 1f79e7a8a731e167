import { expect, test } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import { noteSchema } from '@/lib/members/invitations/note';
import { readRecipients } from '@/lib/members/invitations/recipients';

test.each([
  ['carol@acme.example', ['carol@acme.example']],
  [
    'a@x.example, b@x.example;c@x.example\r\n\n d@x.example ,',
    ['a', 'b', 'c', 'd'].map((l) => `${l}@x.example`),
  ],
  ['Carol Diaz <Carol@Acme.example>', ['carol@acme.example']],
  [
    '"Fox, Alice" <alice@acme.example>; "Doe; Bob" <bob@acme.example>',
    ['alice@acme.example', 'bob@acme.example'],
  ],
  ['carol@acme.example\rCAROL@acme.example\n<carol@acme.example>', ['carol@acme.example']],
  ['émile <emile@münchen.example>', ['emile@xn--mnchen-3ya.example']],
  ['\u00a0a+tag@x.example\u2003', ['a+tag@x.example']],
])('%j invites each address once', (typed, addresses) => {
  expect(readRecipients(typed)).toEqual(addresses);
});

function refusal(typed: string): UserError {
  try {
    readRecipients(typed);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('not refused');
}

test.each([
  ['', 'Enter at least one e-mail address.'],
  [' ,;\n\n', 'Enter at least one e-mail address.'],
  ['a@x.example\n\nbob', 'This is no e-mail address: line 3 (“bob”).'],
  ['Fox, Alice <alice@acme.example>', 'This is no e-mail address: line 1 (“Fox”).'],
  ['a@x@y, a＠x.example', 'This is no e-mail address: line 1 (“a@x@y”), line 1 (“a＠x.example”).'],
  ['a@localhost\na@[127.0.0.1]\n"a b"@x.example', /line 1 .*line 2 .*line 3 /],
  ['<b>@x.example', /“<b>@x\.example”/],
  ['a@x.example\u202egpj', /“a@x\.example\[U\+202E\]gpj”/],
  [`${'x'.repeat(300)}@x.example`, /“x{60}…”/],
  ['x\n'.repeat(9), /line 5 \(“x”\), 4 more\.$/],
  ['a@x.example\u2028Bcc: b@x.example', /line 1/],
])('%j is refused at the field, with the line named', (typed, message) => {
  const error = refusal(typed);
  expect(error.message).toMatch(message);
  expect(error).toMatchObject({ field: 'addresses', hint: expect.any(String) });
});

test('fifty different people fit into one form', () => {
  const people = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@x.example`).join('\n');
  expect(readRecipients(`${people(50)}\n${people(50)}`)).toHaveLength(50);
  expect(refusal(people(51)).message).toBe('At most 50 people can be invited at once; these are 51.');
});

test('a megabyte of anything is answered at once', () => {
  for (const text of [
    '"'.repeat(1e6),
    ','.repeat(1e6),
    'a@'.repeat(5e5),
    '<'.repeat(1e6),
    'a" '.repeat(3e5),
  ]) {
    const start = performance.now();
    expect(refusal(text)).toBeInstanceOf(UserError);
    expect(performance.now() - start).toBeLessThan(5_000);
  }
});

test('a note keeps its lines and loses what cannot be shown', () => {
  expect(noteSchema.parse(' Welcome!\r\nSee\tyou \n')).toBe('Welcome!\nSee you');
  expect(noteSchema.parse(' \n ')).toBeNull();
  for (const bad of ['x'.repeat(501), 'a\u202eb', 'a\u001b[2J', 'a\u0085b'])
    expect(noteSchema.safeParse(bad).success).toBe(false);
});
