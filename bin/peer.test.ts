import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { setPeer } from '@/bin/peer';

test('a client can choose neither the address that the application believes nor its request’s id, however it spells the header', async () => {
  const server = createServer((incoming, response) => {
    setPeer(incoming);
    const { 'x-tracekeep-peer': peer, 'x-request-id': requestId } = incoming.headers;
    response.end(JSON.stringify({ peer, requestId }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const forged = [
    'Host',
    'localhost',
    'x-tracekeep-peer',
    '203.0.113.9',
    'X-Tracekeep-Peer',
    '203.0.113.10',
    'X-Request-Id',
    'mine',
  ];
  const [response] = await once(request({ port, host: '127.0.0.1', headers: forged }).end(), 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  server.close();
  expect(JSON.parse(body)).toEqual({ peer: '127.0.0.1' });
});
