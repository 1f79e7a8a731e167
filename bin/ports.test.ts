import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, requireFreePort } from '@/bin/ports';

test('a taken port is one sentence that names the variable to change', async () => {
  const port = await freePort();
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  await expect(requireFreePort('SPLUNK_PORT', port, '127.0.0.1')).rejects.toThrow(
    `Port ${port} is taken by another program. Stop it, or set SPLUNK_PORT to another port.`,
  );
  server.close();
  await once(server, 'close');
  await requireFreePort('SPLUNK_PORT', port, '127.0.0.1');
});

test('an address of another machine is one sentence that names HOST', async () => {
  await expect(requireFreePort('PORT', await freePort(), '203.0.113.1')).rejects.toThrow(
    /^HOST 203\.0\.113\.1 is not an address of this machine/,
  );
});
