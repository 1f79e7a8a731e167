import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { redirect } from 'next/navigation';
import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { defineAction, defineFormAction, definePublicAction } from '@/lib/action/define-action';
import { isDefined } from '@/lib/action/defined';
import { idle } from '@/lib/action/state';
import { UserError } from '@/lib/action/user-error';
import type { Role } from '@/lib/auth/permissions';
import { withResponse } from '@/lib/http-status';
import { log } from '@/lib/log';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { receive } from '@/test/request';
import { ageProof, signInAs } from '@/test/signed-in';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const handler = vi.fn();

beforeEach(() => {
  handler.mockReset().mockResolvedValue(undefined);
  receive(undefined, { forget: true });
});

const rename = defineAction({
  name: 'rename',
  permission: 'siem.manage',
  schema: z.strictObject({ name: z.string().min(3, 'Use three letters.'), token: z.string() }),
  echo: ['name'],
  handler,
});

function form(...fields: [string, string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const valid = () => form(['name', 'Main'], ['token', 'canary-secret']);

test('a valid form of somebody with the permission reaches the handler with parsed input, actor and audit source', async () => {
  const { user, organization } = await signInAs('admin');
  expect(await rename(idle, valid())).toEqual({ status: 'success', values: { name: 'Main' } });
  expect(handler).toHaveBeenCalledExactlyOnceWith(
    { name: 'Main', token: 'canary-secret' },
    {
      actor: expect.objectContaining({ organization }),
      source: expect.objectContaining({
        organization,
        actor: expect.objectContaining({ type: 'user', id: user.id, role: 'admin' }),
        context: expect.objectContaining({ ip: '203.0.113.24', origin: 'console' }),
      }),
      request: expect.objectContaining({ ip: '203.0.113.24' }),
    },
  );
});

test('first the origin: a foreign page learns nothing about session, permission or form', async () => {
  await signInAs('admin');
  receive({ origin: 'https://evil.example' });
  const answer = await rename(idle, form(['name', 'x']));
  expect(answer).toMatchObject({
    status: 'error',
    message: expect.stringContaining('did not come from a page'),
  });
  expect(answer.fieldErrors).toBeUndefined();
  expect(handler).not.toHaveBeenCalled();
});

test('then the session: somebody signed out keeps what was typed and reads nothing about the form', async () => {
  const answer = await rename(idle, form(['name', 'x']));
  expect(answer).toMatchObject({
    status: 'error',
    message: expect.stringContaining('signed out'),
    values: { name: 'x' },
  });
  expect(answer.fieldErrors).toBeUndefined();
  expect(handler).not.toHaveBeenCalled();
});

test.each<Role>(['auditor', 'member'])(
  'then the permission: %s gets 403 and a line in the log',
  async (role) => {
    const { user } = await signInAs(role);
    const warn = vi.spyOn(log, 'warn');
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const answer = await withResponse(response, () => rename(idle, form(['name', 'x'])));
    expect(response.statusCode).toBe(403);
    expect(answer).toMatchObject({
      status: 'error',
      message: expect.stringContaining('Your role does not allow'),
    });
    expect(answer.fieldErrors).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ user_id: user.id, role, permission: 'siem.manage' }),
      'access denied',
    );
    expect(handler).not.toHaveBeenCalled();
  },
);

const move = defineAction({
  name: 'move',
  permission: 'siem.manage',
  confirmed: true,
  schema: z.strictObject({ name: z.string().min(3, 'Use three letters.'), token: z.string() }),
  echo: ['name'],
  handler,
});

test('then the proof of identity: a form opened with a fresh one has twenty minutes, then nothing is done', async () => {
  const actor = await signInAs('admin');
  await ageProof(actor, 29);
  expect(await move(idle, valid())).toMatchObject({ status: 'success' });
  expect(handler).toHaveBeenCalledOnce();

  await ageProof(actor, 30);
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const answer = await withResponse(response, () => move(idle, form(['name', 'x'])));
  expect(response.statusCode).toBe(403);
  expect(answer).toMatchObject({
    status: 'error',
    message: expect.stringContaining('since you confirmed that it is you'),
    values: { name: 'x' },
  });
  expect(answer.fieldErrors).toBeUndefined();
  expect(handler).toHaveBeenCalledOnce();
});

test('a button asks for the proof of identity and leads back to its page', async () => {
  const actor = await signInAs('admin');
  const press = defineFormAction({
    name: 'press',
    permission: 'siem.manage',
    confirmed: true,
    schema: z.strictObject({}),
    handler,
  });
  receive({ origin: 'http://localhost:3000', 'x-tracekeep-path': '/settings/siem' });
  await ageProof(actor, 9);
  await press(form());
  await ageProof(actor, 10);
  await expect(press(form())).rejects.toMatchObject({
    digest: expect.stringContaining('/confirm?next=%2Fsettings%2Fsiem;'),
  });
  expect(handler).toHaveBeenCalledOnce();
});

test.each<[string, FormData, object]>([
  [
    'a value that the schema refuses',
    form(['name', 'x'], ['token', 't']),
    { fieldErrors: { name: { message: 'Use three letters.' } } },
  ],
  ['a missing field', form(['name', 'Main']), { fieldErrors: { token: { message: 'Fill in this field' } } }],
  [
    'a field that nobody asked for',
    form(['name', 'Main'], ['token', 't'], ['role', 'admin']),
    { message: expect.stringContaining('does not know') },
  ],
  [
    '__proto__',
    form(['name', 'Main'], ['token', 't'], ['__proto__', 'x']),
    { message: expect.stringContaining('does not know') },
  ],
  [
    'a field that stands twice',
    form(['name', 'Main'], ['name', 'Other'], ['token', 't']),
    { message: expect.stringContaining('sent twice'), values: {} },
  ],
  [
    'a file',
    form(['name', 'Main'], ['token', new File(['x'], 'x.txt')]),
    { message: expect.stringContaining('files') },
  ],
  [
    'a NUL',
    form(['name', 'Ma\0in'], ['token', 't']),
    { fieldErrors: { name: { message: expect.stringContaining('cannot be stored') } } },
  ],
])('then the form: %s is refused', async (_name, data, expected) => {
  await signInAs('admin');
  const answer = await rename(idle, data);
  expect(answer).toMatchObject({ status: 'error', ...expected });
  expect(handler).not.toHaveBeenCalled();
});

test('fields of Next’s own are left aside', async () => {
  await signInAs('admin');
  const data = valid();
  data.append('$ACTION_REF_1', '');
  data.append('$ACTION_KEY', 'k');
  expect(await rename(idle, data)).toMatchObject({ status: 'success' });
});

test('what is not a form is refused, whatever it is', async () => {
  await signInAs('admin');
  for (const sent of [undefined, null, 'x', [], { name: 'Main' }]) {
    const answer = await Reflect.apply(rename, undefined, [idle, sent]);
    expect(answer).toMatchObject({ status: 'error', message: expect.stringContaining('not a form') });
  }
  expect(handler).not.toHaveBeenCalled();
});

test('a named error speaks, at its field or for the whole form', async () => {
  await signInAs('admin');
  handler.mockRejectedValueOnce(
    new UserError('That name is taken.', { field: 'name', hint: 'Choose another.' }),
  );
  expect(await rename(idle, valid())).toEqual({
    status: 'error',
    fieldErrors: { name: { message: 'That name is taken.', hint: 'Choose another.' } },
    values: { name: 'Main' },
  });
  handler.mockRejectedValueOnce(new UserError('Ten is the limit.'));
  expect(await rename(idle, valid())).toMatchObject({ status: 'error', message: 'Ten is the limit.' });
});

test('any other error becomes one neutral sentence with the request’s id, and a line in the log', async () => {
  await signInAs('admin');
  const error = vi.spyOn(log, 'error');
  const id = '01a209dd-dc4f-7400-8e67-a4d56ae69c60';
  receive({ origin: 'http://localhost:3000', 'x-request-id': id });
  handler.mockRejectedValueOnce(new Error('connect ECONNREFUSED postgres://user:canary@db'));
  const answer = await rename(idle, valid());
  expect(answer).toMatchObject({ status: 'error', message: expect.stringContaining('fault in Tracekeep') });
  expect(JSON.stringify(answer)).toContain(id);
  expect(JSON.stringify(answer)).not.toMatch(/canary|ECONNREFUSED/);
  expect(error).toHaveBeenCalledWith(
    expect.objectContaining({ action: 'rename', request_id: id }),
    expect.any(String),
  );
});

test('a secret never comes back, whether the action succeeds or fails', async () => {
  await signInAs('admin');
  for (const outcome of [undefined, new UserError('no'), new Error('no')]) {
    if (outcome) handler.mockRejectedValueOnce(outcome);
    expect(JSON.stringify(await rename(idle, valid()))).not.toContain('canary-secret');
  }
});

test('a redirect of the handler passes through the gate', async () => {
  await signInAs('admin');
  handler.mockImplementationOnce(async () => redirect('/settings/siem'));
  await expect(rename(idle, valid())).rejects.toMatchObject({
    digest: expect.stringContaining('/settings/siem'),
  });
});

test('a public action needs no session, but still its own page and a valid form', async () => {
  const action = definePublicAction({
    name: 'open',
    schema: z.strictObject({ email: z.string() }),
    echo: ['email'],
    handler,
  });
  expect(await action(idle, form(['email', 'a']))).toEqual({ status: 'success', values: { email: 'a' } });
  expect(await action(idle, form(['mail', 'a']))).toMatchObject({ status: 'error' });
  receive({ origin: 'null' });
  expect(await action(idle, form(['email', 'a']))).toMatchObject({ status: 'error' });
  expect(handler).toHaveBeenCalledOnce();
});

test('a form that is only a button leads somebody signed out to the sign-in page and back', async () => {
  await createOrganization();
  const action = defineFormAction({
    name: 'press',
    permission: 'account.manage',
    schema: z.strictObject({}),
    handler,
  });
  receive({ origin: 'http://localhost:3000', 'x-tracekeep-path': '/account?x=1' });
  await expect(action(form())).rejects.toMatchObject({
    digest: expect.stringContaining('/login?next=%2Faccount%3Fx%3D1'),
  });
  await signInAs('member');
  await expect(action(form())).resolves.toBeUndefined();

  const response = new ServerResponse(new IncomingMessage(new Socket()));
  await withResponse(response, () => action(form(['extra', 'x'])));
  expect(response.statusCode).toBe(400);
  handler.mockRejectedValueOnce(new Error('no'));
  vi.spyOn(log, 'error').mockImplementation(() => undefined);
  await expect(action(form())).rejects.toThrow('press failed');
});

test('what the gate made is known as such', () => {
  expect(isDefined(rename)).toBe(true);
  expect(isDefined(async () => undefined)).toBe(false);
});
