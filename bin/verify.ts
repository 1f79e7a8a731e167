import { existsSync } from 'node:fs';
import path from 'node:path';
import { generateClient } from '@/bin/build';
import { joinPostgres } from '@/bin/postgres/cluster';
import { Problem } from '@/bin/problem';
import { runProgram } from '@/bin/program';
import { foundSecret } from '@/bin/secret';
import { loadSettings } from '@/bin/settings';

// The program behind `npm run verify`: recomputes the chain of every organization, beside a running server or without
// one. Exit code 1 when a chain does not agree with itself.

await runProgram(async (program) => {
  const { databaseUrl, dataDirectory } = loadSettings();
  if (!databaseUrl) {
    if (!existsSync(path.join(dataDirectory, 'postgres'))) {
      throw new Problem(
        `There is no database in ${dataDirectory}. Start Tracekeep first, or set DATA_DIR or DATABASE_URL.`,
      );
    }
    const cluster = await joinPostgres(dataDirectory);
    program.atExit(() => cluster.stop());
    process.env.DATABASE_URL = cluster.url;
  }
  // The public key that checkpoints are checked with follows from the secret.
  process.env.APP_SECRET ||= await foundSecret(dataDirectory);
  const signatures = process.env.APP_SECRET !== '';
  // Without it everything but signatures can be verified; the environment is read as a whole, though.
  process.env.APP_SECRET ||= crypto.randomUUID();

  await generateClient(program);
  // Imported here because its modules read DATABASE_URL.
  const { verifyAll } = await import('@/lib/audit/verify-all');
  const { lines, broken } = await verifyAll({ signatures });
  console.log(lines.join('\n'));
  if (!signatures)
    console.log(
      'The signatures of checkpoints were not checked: APP_SECRET is not set, and DATA_DIR holds none.',
    );
  if (broken > 0)
    throw new Problem(`${broken} of the chains above is broken. docs/architecture.md says what that means.`);
});
