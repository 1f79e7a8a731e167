import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const flag = z
  .enum(['1', '0', 'true', 'false', 'on', 'off'], { error: 'must be 1 or 0' })
  .transform((value) => value === '1' || value === 'true' || value === 'on');

const port = z.coerce.number({ error: 'must be a port number' }).int().min(1).max(65535);

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .int()
    .min(min)
    .max(max);

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://audit.example.com', abort: true })
  .refine(
    (value) => URL.canParse(value) && new URL(value).pathname === '/' && !/[?#@]/.test(value),
    'must be only scheme, host and port',
  )
  .transform((value) => new URL(value).origin);

const isAddressOrRange = (text: string) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

const level = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
});

const schema = z.object({
  DATABASE_URL: z
    .string({ error: 'is missing' })
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://'),
  APP_SECRET: z
    .string({ error: 'is missing; create one with: openssl rand -hex 32' })
    .min(32, 'must have at least 32 characters; create one with: openssl rand -hex 32')
    .refine((value) => new Set(value).size >= 8, 'is too regular; create one with: openssl rand -hex 32'),
  /** What the key that signs checkpoints is derived from; APP_SECRET unless it is set. */
  CHECKPOINT_KEY: z
    .string()
    .min(32, 'must have at least 32 characters; create one with: openssl rand -hex 32')
    .optional(),
  /** Public keys that signed earlier checkpoints and still count: the line between BEGIN and END of their PEM. */
  CHECKPOINT_FORMER_KEYS: z
    .string()
    .default('')
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine(
      (keys) => keys.every((key) => /^MCowBQYDK2VwAyEA[\w+/]{43}=$/.test(key)),
      'must be Ed25519 public keys: the line between BEGIN and END of each',
    ),
  PUBLIC_URL: origin.default('http://localhost:3000'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: level.default('info'),
  /** Addresses or CIDR ranges of reverse proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .refine(
      (ranges) => ranges.every(isAddressOrRange),
      'must be addresses or CIDR ranges, such as 10.0.0.0/8',
    ),
  NETWORK_POLICY: z.enum(['private', 'public'], { error: 'must be private or public' }).default('private'),
  ALLOW_LOOPBACK: flag.default(false),
  ALLOW_PLAIN_HTTP: flag.default(false),
  SIEM_STREAMER: flag.default(true),
  CRON_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  /** With a user name and a password where the server wants them: smtp://user:password@mail.example.com:587 */
  SMTP_URL: z
    .string()
    .refine(
      (value) => /^smtps?:\/\//.test(value) && URL.canParse(value),
      'must be smtp://user:password@host:587 or smtps://…:465',
    )
    .optional(),
  /** Whom mail comes from; `Name <address>` or an address alone. */
  MAIL_FROM: z
    .string()
    .max(320)
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'must be an e-mail address')
    .optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GOOGLE_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://accounts.google.com' })
    .default('https://accounts.google.com'),
  SESSION_IDLE_MINUTES: wholeNumber(1, 10_080).default(30),
  SESSION_MAX_HOURS: wholeNumber(1, 720).default(12),
});

export type Env = z.infer<typeof schema>;

/** One readable report: a line for each variable, what is wrong and the cure. Values are never repeated: they may be secrets. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  constructor(readonly problems: readonly string[]) {
    super(['The environment is not complete:', ...problems.map((line) => `  ${line}`)].join('\n'));
  }
}

/** Parses a set of variables. An empty variable counts as a missing one. Throws {@link EnvError}. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const { PUBLIC_URL, ALLOW_PLAIN_HTTP } = parsed.data;
  if (PUBLIC_URL.startsWith('http:') && !isLoopbackHost(new URL(PUBLIC_URL).hostname) && !ALLOW_PLAIN_HTTP) {
    throw new EnvError([
      'PUBLIC_URL must start with https:// (or set ALLOW_PLAIN_HTTP=1: passwords would cross the network in clear text)',
    ]);
  }
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, SMTP_URL, MAIL_FROM } = parsed.data;
  if ((GOOGLE_CLIENT_ID === undefined) !== (GOOGLE_CLIENT_SECRET === undefined)) {
    throw new EnvError(['GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together; one of them is missing']);
  }
  if (SMTP_URL !== undefined && MAIL_FROM === undefined) {
    throw new EnvError(['SMTP_URL needs MAIL_FROM beside it: the address that mail comes from']);
  }
  return parsed.data;
}

/** Whether a URL's host name is this machine: localhost, 127.0.0.0/8 or [::1]. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

let parsedEnv: Env | undefined;

/** The environment, parsed at first use and the same for the life of the process. */
export function env(): Env {
  parsedEnv ??= parseEnv(process.env);
  return parsedEnv;
}

/** How much is logged. Readable before the environment is known to be complete, as a log may have to say that it is not. */
export function logLevel(): z.infer<typeof level> {
  return level.catch('info').parse(process.env.LOG_LEVEL);
}
