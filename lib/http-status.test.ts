import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { answerWith, isRefused, markRefused, withResponse } from '@/lib/http-status';

test('each of two requests at once gets its own status, and what was sent stays as it was', async () => {
  const answer = async (url: string | undefined, response: ServerResponse) => {
    await new Promise((resolve) => setImmediate(resolve));
    answerWith(Number(url?.slice(1)));
    response.end('x');
    answerWith(500);
  };
  const server = createServer((request, response) =>
    withResponse(response, () => answer(request.url, response)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const ask = async (status: number) => (await fetch(`http://127.0.0.1:${port}/${status}`)).status;
  expect(await Promise.all([ask(403), ask(404), ask(200)])).toEqual([403, 404, 200]);
  await new Promise((resolve) => server.close(resolve));
});

test('of two requests at once only the one whose form was refused is told so', async () => {
  const told = async (refused: boolean) =>
    withResponse(new ServerResponse(new IncomingMessage(new Socket())), async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (refused) markRefused();
      await new Promise((resolve) => setImmediate(resolve));
      return isRefused();
    });
  expect(await Promise.all([told(true), told(false)])).toEqual([true, false]);
});

test('outside of a request nothing happens', () => {
  expect(() => answerWith(404)).not.toThrow();
  expect(() => markRefused()).not.toThrow();
  expect(isRefused()).toBe(false);
});
