import { createServer, IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerDocumentWith, answerWith, isRefused, markRefused, withResponse } from '@/lib/http-status';

test('each of two requests at once gets its own status, and what was sent stays as it was', async () => {
  const answer = async (url: string | undefined, response: ServerResponse) => {
    await new Promise((resolve) => setImmediate(resolve));
    answerWith(Number(url?.slice(1)));
    response.end('x');
    answerWith(500);
  };
  const origin = await serve((request, response) =>
    withResponse(response, () => answer(request.url, response)),
  );
  const ask = async (status: number) => (await fetch(`${origin}/${status}`)).status;
  expect(await Promise.all([ask(403), ask(404), ask(200)])).toEqual([403, 404, 200]);
});

test('a document gets a status that the router of the browser does not', async () => {
  const origin = await serve((_, response) =>
    withResponse(response, () => {
      answerDocumentWith(503);
      response.end('x');
    }),
  );
  expect((await fetch(origin)).status).toBe(503);
  expect((await fetch(origin, { headers: { RSC: '1' } })).status).toBe(200);
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

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}
