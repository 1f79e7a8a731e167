import { describe, expect, test } from 'vitest';
import { EnvError, parseEnv } from './env';

const complete = {
  DATABASE_URL: 'postgresql://localhost/tracekeep',
  APP_SECRET: '0123456789abcdef0123456789abcdef',
};

function problemsOf(change: Record<string, string>): string {
  try {
    parseEnv({ ...complete, ...change });
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return '';
}

describe('the environment', () => {
  test('needs a database and a secret; everything else has a default', () => {
    expect(parseEnv(complete)).toMatchObject({
      PUBLIC_URL: 'http://localhost:3000',
      PORT: 3000,
      HOST: '127.0.0.1',
      TRUSTED_PROXIES: [],
      NETWORK_POLICY: 'private',
      ALLOW_LOOPBACK: false,
      ALLOW_PLAIN_HTTP: false,
      SIEM_STREAMER: true,
      SESSION_IDLE_MINUTES: 30,
      SESSION_MAX_HOURS: 12,
    });
  });

  test('an empty variable is a missing one', () => {
    expect(parseEnv({ ...complete, PORT: '', CRON_SECRET: ' ' })).toMatchObject({ PORT: 3000 });
  });

  test.each([
    ['DATABASE_URL', ''],
    ['DATABASE_URL', 'mysql://localhost'],
    ['APP_SECRET', ''],
    ['APP_SECRET', 'changeme'],
    ['APP_SECRET', 'a'.repeat(64)],
    ['PUBLIC_URL', 'audit.example.com'],
    ['PUBLIC_URL', 'http://localhost:abc'],
    ['PUBLIC_URL', 'https://audit.example.com/console'],
    ['PUBLIC_URL', 'https://admin:pw@audit.example.com'],
    ['PUBLIC_URL', 'http://audit.example.com'],
    ['PUBLIC_URL', 'ftp://audit.example.com'],
    ['PORT', 'http'],
    ['PORT', '0'],
    ['PORT', '70000'],
    ['TRUSTED_PROXIES', 'proxy.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, everybody'],
    ['NETWORK_POLICY', 'open'],
    ['ALLOW_LOOPBACK', 'maybe'],
    ['CRON_SECRET', 'short'],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'smtp://mail.example.com:587'],
    ['MAIL_FROM', 'Tracekeep'],
    ['GOOGLE_CLIENT_ID', 'only-half-of-it'],
    ['GOOGLE_ISSUER', 'accounts.google.com'],
    ['SESSION_IDLE_MINUTES', '-1'],
    ['SESSION_MAX_HOURS', 'long'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(problemsOf({ [name]: value })).toContain(`  ${name} `);
  });

  test('the report names every problem and repeats no value, for it may be a secret', () => {
    const report = problemsOf({ APP_SECRET: 'hunter2', PORT: 'hunter3' });
    expect(report).toMatch(/APP_SECRET .*\n.*PORT /);
    expect(report).not.toContain('hunter');
  });

  test('plain http is taken for this machine, and elsewhere only when asked for', () => {
    expect(parseEnv({ ...complete, PUBLIC_URL: 'http://127.0.0.1:8080' }).PUBLIC_URL).toBe(
      'http://127.0.0.1:8080',
    );
    expect(parseEnv({ ...complete, PUBLIC_URL: 'http://audit.lan', ALLOW_PLAIN_HTTP: '1' }).PUBLIC_URL).toBe(
      'http://audit.lan',
    );
  });
});
