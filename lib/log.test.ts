import { describe, expect, it } from 'vitest';
import { createLog } from '@/lib/log';

const token = '2b1a6c0e-4d3f-4a57-9b8c-0123456789ab';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('no secret reaches a log line', () => {
  it.each([
    ['as a member', { hecToken: token }],
    ['in any spelling', { APP_SECRET: token, 'set-cookie': token, newPassword: token, Authorization: token }],
    ['nested in objects and lists', { request: { headers: [{ authorization: token }] } }],
    ['deeper than a line goes', { a: { b: { c: { d: { e: { f: { g: { value: token } } } } } } } }],
    ['in the text of a value', { detail: `sent Authorization: Splunk ${token}` }],
    ['in an error', { err: new Error(`refused: Splunk ${token}`) }],
    ['in what a library hangs on an error', { err: Object.assign(new Error('no'), { config: { token } }) }],
    ['in the cause of an error', { err: new Error('no', { cause: new Error(`Splunk ${token}`) }) }],
  ])('%s', (_, entry) => {
    const line = logged((log) => log.error(entry, 'something failed'));
    expect(line).toContain('something failed');
    expect(line).not.toContain(token);
  });

  it('when the error itself is the entry, or the message quotes it', () => {
    const line = logged((log) => {
      log.error(new Error(`refused: Splunk ${token}`));
      log.info(`header was "Bearer ${token}"`);
    });
    expect(line.trim().split('\n')).toHaveLength(2);
    expect(line).not.toContain(token);
  });
});

it('an API key is cut after what may be shown of it, wherever it stands', () => {
  const key = 'tk_0aB1cD2eF3_4hIj5kLm6nOp7qRs8tUv9wXy0zA1bC2dE3fG4hIj5kLm6nOp7qRs8';
  const line = logged((log) => log.warn({ url: `/api/v1/audit-events?q=${key}` }, `asked with ${key}`));
  expect(line).not.toContain(key.slice(14, 24));
  expect(line).toContain('tk_0aB1cD2eF3_[redacted]');
});

describe('a log line', () => {
  it('is one JSON object with level, ISO time and message', () => {
    const entry = JSON.parse(logged((log) => log.info({ seq: 7n, tokenLast4: 'c0d1' }, 'delivered')));
    expect(entry).toMatchObject({ level: 'info', msg: 'delivered', seq: '7', tokenLast4: 'c0d1' });
    expect(new Date(entry.time).toISOString()).toBe(entry.time);
  });

  it('keeps the type, code, stack and cause of an error', () => {
    const error = Object.assign(new TypeError('broken', { cause: new Error('because') }), { code: 'E42' });
    const { err } = JSON.parse(logged((log) => log.error({ err: error }, 'x')));
    expect(err).toMatchObject({
      type: 'TypeError',
      message: 'broken',
      code: 'E42',
      cause: { message: 'because' },
    });
    expect(err.stack).toContain('log.test.ts');
  });

  it('survives an unknown level and an object that contains itself', () => {
    const loop: { self?: object } = {};
    loop.self = loop;
    expect(() => createLog('loud', { write: () => undefined }).info({ loop })).not.toThrow();
  });
});
