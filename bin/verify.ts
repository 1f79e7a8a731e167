import { joinPostgres } from '@/bin/postgres/cluster';
import { Problem } from '@/bin/problem';
import { runProgram } from '@/bin/program';
import { loadSettings } from '@/bin/settings';

// The program behind `npm run verify`: recomputes the chain of every organization, beside a running server or without
// one. Exit code 1 when a chain does not agree with itself.

await runProgram(async (program) => {
  const { databaseUrl, dataDirectory } = loadSettings();
  if (!databaseUrl) {
    const cluster = await joinPostgres(dataDirectory);
    program.atExit(() => cluster.stop());
    process.env.DATABASE_URL = cluster.url;
  }
  // Verifying opens no secret; the environment is read as a whole, though.
  process.env.APP_SECRET ||= crypto.randomUUID();

  // Imported here because its modules read DATABASE_URL.
  const { verifyAll } = await import('@/lib/audit/verify-all');
  const { lines, broken } = await verifyAll();
  console.log(lines.join('\n'));
  if (broken > 0)
    throw new Problem(`${broken} of the chains above is broken. docs/architecture.md says what that means.`);
});
