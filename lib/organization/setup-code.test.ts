import { expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { requireSetupCode } from '@/lib/organization/require-setup-code';
import { announceSetupCode, isSetupCode, setupCode } from '@/lib/organization/setup-code';
import { slugOf } from '@/lib/organization/slug';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

function printed(): { text(): string } {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return {
    text() {
      const text = write.mock.calls.map(([chunk]) => String(chunk)).join('');
      write.mockRestore();
      return text;
    },
  };
}

test('the code has three groups of four, stays the same, and belongs to this database', async () => {
  const code = await setupCode();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  expect(await setupCode()).toBe(code);
  await db().$executeRaw`UPDATE installation SET id = gen_random_uuid()`;
  expect(await setupCode()).not.toBe(code);
});

test('it may be typed in small letters, with spaces, or with O for 0; nothing else passes', async () => {
  const code = await setupCode();
  expect(await isSetupCode(code)).toBe(true);
  expect(await isSetupCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(true);
  expect(await isSetupCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(true);
  const other = code.startsWith('7') ? `8${code.slice(1)}` : `7${code.slice(1)}`;
  for (const wrong of ['', '-', code.slice(0, -1), `${code}0`, other])
    expect(await isSetupCode(wrong)).toBe(false);
});

test('wrong codes are limited, and cannot keep out who has the right one', async () => {
  const ip = '203.0.113.24';
  for (let guess = 1; guess <= 10; guess += 1)
    await expect(requireSetupCode('AAAA-AAAA-AAAA', ip)).rejects.toThrow('This is not the set-up code.');
  await expect(requireSetupCode('AAAA-AAAA-AAAA', ip)).rejects.toThrow('Too many attempts');
  await expect(requireSetupCode(await setupCode(), ip)).resolves.toBeUndefined();
});

test('the code is printed while nobody has an account, and never again', async () => {
  const before = printed();
  await announceSetupCode();
  expect(before.text()).toContain(`http://localhost:3000/setup\nSet-up code: ${await setupCode()}\n`);

  await createOrganization();
  const after = printed();
  await announceSetupCode();
  expect(after.text()).toBe('');
});

test.each([
  ['Zürich & Söhne', 'zurich-sohne'],
  ['  ACME -- Corp.  ', 'acme-corp'],
  ['東京', 'organization'],
  ['a'.repeat(100), 'a'.repeat(48)],
])('the slug of %j is %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
