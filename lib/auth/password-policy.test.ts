import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonWords } from '@/lib/auth/common-words';
import { passwordProblem } from '@/lib/auth/password-policy';

test.each([
  'violet harbour clockwork 9',
  'correct horse battery staple',
  '   leading and trailing   ',
  'x8#kQz!vP2mL',
  'zwölf Boxkämpfer jagen Viktor',
  '七転び八起き、猿も木から落ちる',
  '31415926535897932384',
  '7$2!9#4@1%8^',
  Array.from({ length: 128 }, (_, at) => String.fromCodePoint(0x1f400 + at)).join(''),
])('%s is accepted', (password) => {
  expect(passwordProblem(password)).toBeUndefined();
});

test.each([
  ['short', /at least 12 characters; this has 5/],
  ['ünïcödé 11!', /at least 12 characters; this has 11/],
  ['x'.repeat(129), /at most 128 characters; this has 129/],
  ['violet harbour\0 clockwork', /NUL/],
])('%j is refused for its form', (password, message) => {
  expect(passwordProblem(password)).toMatch(message);
});

test.each([
  'Password1234',
  'P@ssw0rd2026!',
  'passwordpassword',
  'PasswordPasswordPassword',
  'qwertyuiop123',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghijklmno',
  'zyxwvutsrqpo',
  '123456789012',
  '111111111111',
  'aaaaaaaaaaaaaaaa',
  'abababababababab',
  'letmeinplease',
  'Welcome-2026!!',
  'iloveyou12345',
  'correcthorsebatterystaple',
  'administrator1',
  'Tr@cekeep2026!',
  'manchesterunited',
  'dragon.monkey.12',
  '!@#$%^&*()_+',
  'password123456789012',
])('%s is refused as easy to guess', (password) => {
  expect(passwordProblem(password)).toMatch(/easy to guess/);
});

test.each(['AcmeSecurity2026', 'acme-security-!!', 'Zwiebelturm#1234', 'alicefoxalicefox', 'A1ice.F0x.26'])(
  '%s is refused for what everybody knows about its owner',
  (password) => {
    const about = ['Acme Security', 'Alice Fox', 'alice@zwiebelturm.example'];
    expect(passwordProblem(password, about)).toMatch(/easy to guess/);
  },
);

test('at least 3,000 of the passwords that people take first are refused', () => {
  const endings = [
    '1234',
    '12345',
    '123456',
    '2024',
    '2025',
    '2026',
    '!',
    '123!',
    '1234!',
    '@123',
    '123456789',
    '2026!',
  ];
  const candidates = [...commonWords]
    .filter((word) => word.length >= 4)
    .flatMap((word) =>
      endings.flatMap((ending) => [word + ending, word.charAt(0).toUpperCase() + word.slice(1) + ending]),
    )
    .filter((password) => password.length >= 12);
  expect(candidates.length).toBeGreaterThan(3_000);
  expect(candidates.filter((password) => passwordProblem(password) === undefined)).toEqual([]);
});

test('random passwords pass, whatever their characters are', () => {
  const password = fc
    .string({ minLength: 16, maxLength: 60, unit: 'grapheme' })
    .filter((text) => new Set(text).size > 12);
  fc.assert(
    fc.property(password, (text) => passwordProblem(text) === undefined || Array.from(text).length > 128),
  );
});
