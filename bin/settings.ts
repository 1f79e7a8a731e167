import { existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout, whatever directory the command was called from. */
export const root = path.resolve(import.meta.dirname, '..');

/** Where a command keeps its state, and whose database it uses. `databaseUrl` is undefined for the embedded one. */
export type Settings = { dataDirectory: string; databaseUrl: string | undefined };

type Options = {
  /** Whether `.env`, the configuration of the real installation, counts. What is already set wins over it. */
  dotEnv?: boolean;
  /** A part of DATA_DIR of its own. */
  within?: string;
};

/**
 * Moves to the checkout, reads `.env`, and turns off the update checks and the telemetry of Next and Prisma. Leaves an
 * absolute DATA_DIR in the environment, so that every process it starts agrees.
 */
export function loadSettings({ dotEnv = true, within = '' }: Options = {}): Settings {
  process.chdir(root);
  if (dotEnv && existsSync('.env')) process.loadEnvFile('.env');
  const dataDirectory = path.resolve(root, process.env.DATA_DIR || '.data', within);
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    DATA_DIR: dataDirectory,
  });
  return { dataDirectory, databaseUrl: process.env.DATABASE_URL || undefined };
}
