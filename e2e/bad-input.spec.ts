import { expect, test } from '@/e2e/furnished';
import { expectServing, recordedFrom } from '@/e2e/insults';
import { post, readForm, type SentForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

const megabyte = 1024 * 1024;

test.describe('the sign-in form', () => {
  test('refuses what no person types, stores nothing and goes on serving', async ({
    page,
    request,
    baseURL,
    admin,
    query,
    organization,
  }) => {
    const form = await readForm(page, '/login', 'Sign in');
    const origin = baseURL ?? '';
    const cases: [string, Record<string, string>, number[]][] = [
      ['a password of 600 characters', { password: 'x'.repeat(600) }, [200]],
      ['a password just under the limit of a form', { password: 'x'.repeat(megabyte - 4096) }, [200]],
      ['a password of 1 MB', { password: 'x'.repeat(megabyte) }, [413]],
      ['a NUL in the password', { password: 'a\0b' }, [200]],
      ['a NUL in the address', { email: `a\0${admin.email}`, password: 'x' }, [200]],
      ['half of a surrogate pair', { email: `\ud800${admin.email}`, password: 'x' }, [200]],
      [
        'an address of 10,000 characters',
        { email: `${'a'.repeat(10_000)}@acme.example`, password: 'x' },
        [200],
      ],
      ['a full-width @', { email: admin.email.replace('@', '＠'), password: 'x' }, [200]],
      [
        'a line break with a header',
        { email: `${admin.email}\r\nBcc: evil@evil.example`, password: 'x' },
        [200],
      ],
      ['a field nobody asked for', { role: 'admin', password: 'x' }, [200]],
      ['fields named like an object’s own', { __proto__x: '1', constructor: '1', password: 'x' }, [200]],
      ['a next of 100 kB', { next: `/${'a'.repeat(100_000)}`, password: 'x' }, [200]],
    ];
    for (const [what, fields, statuses] of cases) {
      const response = await post(request, form, { origin, fields: { email: admin.email, ...fields } });
      expect(statuses, `${what}: ${response.status()}`).toContain(response.status());
      const html = await response.text();
      expect(html, what).not.toContain('x'.repeat(600));
      expect(response.headers()['set-cookie'] ?? '', what).not.toContain('-session=');
      await expectServing(request, what);
    }
    expect(await query('SELECT 1 FROM session WHERE organization_id = $1', [organization.id])).toEqual([]);
  });

  test('refuses a field that stands twice instead of choosing one', async ({
    page,
    request,
    baseURL,
    admin,
  }) => {
    const form = await readForm(page, '/login', 'Sign in');
    const twice: SentForm = {
      ...form,
      fields: [
        ...form.fields,
        ['email', admin.email],
        ['email', 'other@acme.example'],
        ['password', admin.password],
      ],
    };
    const without = {
      ...twice,
      fields: twice.fields.filter(
        ([name, value]) => !(name === 'email' && value === '') && !(name === 'password' && value === ''),
      ),
    };
    const response = await post(request, without, { origin: baseURL ?? '' });
    expect(await response.text()).toContain('A field was sent twice.');
    expect(response.headers()['set-cookie'] ?? '').not.toContain('-session=');
  });
});

test('a body that is no form of ours is refused with a status of its own, never a 500', async ({
  page,
  request,
  baseURL,
  query,
  extraHTTPHeaders,
}) => {
  const form = await readForm(page, '/login', 'Sign in');
  const reference = form.fields.find(([name]) => name.startsWith('$ACTION_'))?.[0] ?? '';
  const origin = baseURL ?? '';
  const multipart = 'multipart/form-data; boundary=edge';
  const part = (name: string, value: string) =>
    `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const bodies: [what: string, contentType: string | undefined, body: string | Buffer, statuses: number[]][] =
    [
      ['multipart without a boundary', 'multipart/form-data', part('email', 'a'), [400]],
      ['multipart that is cut off', multipart, part('email', 'a').slice(0, -8), [400]],
      ['multipart of nothing', multipart, '', [400]],
      ['multipart without any part', multipart, '--edge--\r\n', [400, 404, 409]],
      [
        'an action that does not exist',
        multipart,
        `${part(`$ACTION_ID_${'0'.repeat(42)}`, '')}--edge--\r\n`,
        [400, 404, 409],
      ],
      [
        'an action id of 10 kB',
        multipart,
        `${part(`$ACTION_ID_${'a'.repeat(10_000)}`, '')}--edge--\r\n`,
        [400, 404, 409],
      ],
      [
        'an action id that is no number',
        multipart,
        `${part('$ACTION_ID_../../etc/passwd', '')}--edge--\r\n`,
        [400, 404, 409],
      ],
      [
        'a reference to arguments that are missing',
        multipart,
        `${part('$ACTION_REF_1', '')}--edge--\r\n`,
        [400, 404, 409],
      ],
      [
        'arguments that are not JSON',
        multipart,
        `${part('$ACTION_REF_1', '')}${part('$ACTION_1:0', '{{{')}--edge--\r\n`,
        [400],
      ],
      [
        'a file for a field',
        multipart,
        `--edge\r\nContent-Disposition: form-data; name="email"; filename="a"\r\n\r\nx\r\n--edge--\r\n`,
        [400, 404, 409],
      ],
      ['JSON', 'application/json', '{"email":"a"}', [200, 400, 405, 415]],
      ['plain text', 'text/plain', 'email=a', [200, 400, 405, 415]],
      [
        'a form that is not multipart',
        'application/x-www-form-urlencoded',
        `${reference}=&email=a`,
        [200, 400, 404, 405, 409, 415],
      ],
      ['no type at all', undefined, 'email=a', [200, 400, 405, 415]],
      [
        'UTF-16',
        'multipart/form-data; boundary=edge; charset=utf-16',
        Buffer.from(part('email', 'a'), 'utf16le'),
        [400],
      ],
      ['10 MB', multipart, Buffer.alloc(10 * megabyte, 0x61), [413]],
    ];
  for (const path of ['/login', '/account', '/no/such/page']) {
    for (const [what, contentType, data, statuses] of bodies) {
      const response = await request.post(path, {
        headers: { origin, ...(contentType && { 'content-type': contentType }) },
        data: Buffer.from(data),
        maxRedirects: 0,
      });
      // A page that needs a session leads to the sign-in page whatever is posted to it.
      const fine = [
        ...statuses,
        ...(path === '/account' ? [303, 307] : []),
        ...(path.startsWith('/no') ? [404] : []),
      ];
      expect(fine, `${what} to ${path}: ${response.status()}`).toContain(response.status());
      expect(await response.text(), what).not.toMatch(/at \w+ \(|node_modules|ECONN|prisma/i);
    }
    await expectServing(request, path);
  }
  expect(await recordedFrom(query, extraHTTPHeaders)).toEqual([]);
});

test('calls of actions by hand are refused, never a 500', async ({ page, request, baseURL }) => {
  const form = await readForm(page, '/login', 'Sign in');
  const described = form.fields.find(([, value]) => value.startsWith('{"id"'))?.[1] ?? '{}';
  const id = String(JSON.parse(described).id);
  expect(id).toMatch(/^[0-9a-f]{42}$/);
  const origin = baseURL ?? '';
  const calls: [string, string, string, string][] = [
    ['text for arguments', id, 'text/plain;charset=UTF-8', '[]'],
    ['arguments that are not JSON', id, 'text/plain;charset=UTF-8', '{{{'],
    ['a state and no form', id, 'text/plain;charset=UTF-8', '[{"status":"idle"},null]'],
    ['a number for a form', id, 'text/plain;charset=UTF-8', '[{"status":"idle"},7]'],
    ['a promise for a form', id, 'text/plain;charset=UTF-8', '["$@1"]'],
    [
      'a prototype for a form',
      id,
      'text/plain;charset=UTF-8',
      '[{"__proto__":{"status":"x"}},"$1:__proto__:then"]',
    ],
    ['an id that does not exist', '0'.repeat(42), 'text/plain;charset=UTF-8', '[]'],
    ['an id of 5 kB', 'a'.repeat(5_000), 'text/plain;charset=UTF-8', '[]'],
    ['an id that is no number', 'constructor', 'text/plain;charset=UTF-8', '[]'],
    ['a broken multipart', id, 'multipart/form-data; boundary=edge', '--edge\r\nContent-Disp'],
  ];
  for (const [what, action, type, data] of calls) {
    const response = await request.post('/login', {
      headers: { origin, 'next-action': action, 'content-type': type },
      data: Buffer.from(data),
    });
    expect(response.status(), what).toBeGreaterThanOrEqual(400);
    expect(response.status(), what).toBeLessThan(500);
    await expectServing(request, what);
  }
});

test('a button’s form with fields that no page sends is refused, never with a 500', async ({
  adminPage,
  baseURL,
  addIntegration,
}) => {
  const id = await addIntegration('healthy');
  const pause = await readForm(adminPage, '/settings/siem', 'Pause');
  const theme = await readForm(adminPage, '/account', 'Set');
  const cases: [SentForm, Record<string, string>][] = [
    [pause, { id: 'not-an-id' }],
    [pause, { id: '' }],
    [pause, { id: `${id}\0` }],
    [pause, { id: crypto.randomUUID() }],
    [pause, { extra: '1' }],
    [theme, { extra: '1' }],
  ];
  const failed: string[] = [];
  for (const [form, fields] of cases) {
    const response = await post(adminPage.request, form, { origin: baseURL ?? '', fields });
    if (response.status() >= 500) failed.push(`${response.status()} ${form.label} ${JSON.stringify(fields)}`);
  }
  expect(failed).toEqual([]);
});

test('the API of the sign-in refuses bodies that are no form', async ({ request, baseURL }) => {
  const path = '/api/auth/callback/password';
  const origin = baseURL ?? '';
  const bodies: [string, string, string | Buffer, number][] = [
    ['JSON', 'application/json', '{"email":"a"}', 415],
    ['text', 'text/plain', 'email=a', 415],
    ['a field twice', 'application/x-www-form-urlencoded', 'email=a&email=b', 400],
    ['1 MB', 'application/x-www-form-urlencoded', `password=${'x'.repeat(megabyte)}`, 413],
  ];
  for (const [what, type, data, status] of bodies) {
    const response = await request.post(path, {
      headers: { origin, 'content-type': type },
      data: Buffer.from(data),
    });
    expect(response.status(), what).toBe(status);
    expect((await response.json()).error, what).toBeTruthy();
  }
});
