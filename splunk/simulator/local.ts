import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Preset } from '@/splunk/simulator/presets';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

export type LocalSplunk = {
  readonly splunk: Simulator;
  readonly hecUrl: string;
  readonly token: string;
  readonly index: string;
  readonly pageUrl: string;
};

type LocalOptions = {
  readonly port: number;
  /** Where the token is kept, so that a restart does not orphan the integrations set up with it. */
  readonly dataDir: string;
  /** Takes the place of the kept token. */
  readonly token?: string | undefined;
  readonly preset?: Preset;
};

const index = 'audit';

/** The page stays quick and the process small however long it runs: a few kilobytes per event. */
const keep = 10_000;

/** The port is in use; the message is for the person at the console. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is already in use. Stop the program that uses it, or set SPLUNK_PORT to another port.`,
    );
    this.name = 'PortTaken';
  }
}

/**
 * Starts the Splunk that `npm run splunk` and `npm run demo` offer: loopback only, plain HTTP, one kept token
 * that may write to `audit` and `main`.
 * @throws PortTaken
 */
export async function startLocalSplunk(options: LocalOptions): Promise<LocalSplunk> {
  const { port, dataDir, preset = {} } = options;
  const value = options.token ?? (await keptToken(path.join(dataDir, 'splunk-token')));
  const token = { value, name: 'audit', defaultIndex: index, allowedIndexes: [index, 'main'] };
  try {
    const splunk = await startSimulator({ ...preset, port, keep, tokens: [token], indexes: [index, 'main'] });
    return { splunk, hecUrl: splunk.url, token: value, index, pageUrl: `${splunk.url}/` };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new PortTaken(port);
    throw error;
  }
}

/** What a person needs to connect an integration, one value per line. */
export function describeLocalSplunk({ hecUrl, token, index, pageUrl }: LocalSplunk): string {
  return [`HEC URL: ${hecUrl}`, `HEC Token: ${token}`, `Index: ${index}`, `Events page: ${pageUrl}`].join(
    '\n',
  );
}

/** Reads the token kept in a file only its owner can read, or makes one. */
async function keptToken(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  const token = kept.trim() || randomUUID();
  if (kept.trim() === '') {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${token}\n`, { mode: 0o600 });
  }
  await chmod(file, 0o600);
  return token;
}
