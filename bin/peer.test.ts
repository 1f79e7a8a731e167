import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { setPeer } from '@/bin/peer';

test('a client cannot choose the address that the application believes, however it spells the header', async () => {
  const server = createServer((incoming, response) => {
    setPeer(incoming);
    response.end(JSON.stringify(incoming.headers['x-tracekeep-peer']));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const forged = ['Host', 'localhost', 'x-tracekeep-peer', '203.0.113.9', 'X-Tracekeep-Peer', '203.0.113.10'];
  const [response] = await once(request({ port, host: '127.0.0.1', headers: forged }).end(), 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  server.close();
  expect(JSON.parse(body)).toBe('127.0.0.1');
});
