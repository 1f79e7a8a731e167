import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@/bin/ports';
import { endApplication, spawnApplication, untilServing } from '@/e2e/stack';

/** The application as `npm start` runs it, over a database that runs already. */
export async function startLogApplication(
  databaseUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-bench-'));
  const logFile = path.join(directory, 'application.log');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const application = await spawnApplication(logFile, {
    DATA_DIR: directory,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PUBLIC_URL: url,
  });
  const stop = async () => {
    await endApplication(application);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await untilServing(application, url, logFile);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
