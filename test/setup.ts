import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

// Runs before the imports of each test file. The address names a database that exists once the file calls
// useDatabase(); a file that does not pays nothing.
const url = new URL(inject('superuserUrl'));
url.pathname = `/test_${randomUUID().replaceAll('-', '')}`;
url.username = 'tracekeep';

Object.assign(process.env, {
  DATABASE_URL: url.href,
  APP_SECRET: 'tests-only-0123456789abcdef0123456789abcdef',
  PUBLIC_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
  // Tests talk to the Splunk simulator, which is on this machine.
  ALLOW_LOOPBACK: '1',
});
