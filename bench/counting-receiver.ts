import { createServer } from 'node:http';

// The least that an event collector does: it takes each request whole and says yes. A process of its own, so that its
// work is not counted as the engine's. Prints its port; a line on standard input makes it print what it has taken.

const taken = { requests: 0, bytes: 0 };

const server = createServer((request, response) => {
  request.on('data', (part: Buffer) => {
    taken.bytes += part.length;
  });
  request.on('end', () => {
    taken.requests += 1;
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"text":"Success","code":0}');
  });
});

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())));
process.stdin.on('data', () => console.log(JSON.stringify({ ...taken, ...process.cpuUsage() })));
process.stdin.on('end', () => process.exit(0));
