import { hash, verify } from '@node-rs/argon2';
import { UserError } from '@/lib/action/user-error';

/** argon2id, which is this library's default, with OWASP's parameters: 19 MiB, two passes, one lane. About 14 ms. */
const policy = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash holds 19 MiB and a core; more at once would slow down everybody else (security.md #90). */
const maxAtOnce = 4;
const maxWaiting = 100;

let running = 0;
const waiting: (() => void)[] = [];

/** Runs `work` as soon as fewer than {@link maxAtOnce} others run. Throws a UserError when too many wait already. */
async function queued<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) {
    if (waiting.length >= maxWaiting) {
      throw new UserError('Too many people are signing in at this moment.', {
        hint: 'Try again in a few seconds.',
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The place passes to the next in line, so nobody can slip in between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Keyboards differ in how they compose "é" (NIST SP 800-63B §3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC');
}

/** A hash that carries its own salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return queued(() => hash(normalize(password), policy));
}

let dummy: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash (no such account, or one without a password) the same work
 * is done against a dummy, so that the time tells nothing, and the answer is false.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword(crypto.randomUUID());
  const against = stored ?? (await dummy);
  const matches = await queued(() => verify(against, normalize(password)));
  return matches && stored != null;
}

/** Whether a hash was made with weaker parameters than today's, so that the next sign-in should replace it. */
export function needsRehash(stored: string): boolean {
  const [, memory, passes, lanes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored) ?? [];
  return (
    Number(memory ?? 0) < policy.memoryCost ||
    Number(passes ?? 0) < policy.timeCost ||
    Number(lanes) !== policy.parallelism
  );
}
