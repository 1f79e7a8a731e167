import { X509Certificate } from 'node:crypto';
import { injectionSchema } from '@/splunk/simulator/faults/scope';
import { keptCertificate, keptToken } from '@/splunk/simulator/kept';
import type { Preset } from '@/splunk/simulator/presets';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

export type LocalSplunk = {
  readonly splunk: Simulator;
  readonly hecUrl: string;
  readonly token: string;
  readonly index: string;
  /** Plain HTTP also where HEC is HTTPS. */
  readonly pageUrl: string;
  /** SHA-256 of the certificate shown; undefined over plain HTTP. */
  readonly fingerprint: string | undefined;
};

type LocalOptions = {
  readonly port: number;
  /** Where token and certificate are kept. */
  readonly dataDir: string;
  /** Takes the place of the kept token. */
  readonly token?: string | undefined;
  readonly preset?: Preset;
  readonly seed?: number | undefined;
  /** Where to append a line for every event and request. */
  readonly ledgerFile?: string | undefined;
};

const index = 'audit';

/** The page stays quick and the process small however long it runs: a few kilobytes per event, 300 bytes per line. */
const keep = { events: 10_000, requests: 10_000, ledgerLines: 100_000 };

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
 * Starts the Splunk that `npm run splunk` and `npm run demo` offer: loopback only, plain HTTP unless the preset has
 * HTTPS, one kept token that may write to `audit` and `main`.
 * @throws PortTaken
 */
export async function startLocalSplunk(options: LocalOptions): Promise<LocalSplunk> {
  const { port, dataDir, preset = {}, seed, ledgerFile } = options;
  const value = options.token ?? (await keptToken(dataDir));
  const tls = preset.https ? await keptCertificate(dataDir) : undefined;
  try {
    const splunk = await startSimulator({
      ...preset.options,
      ...(tls && { tls }),
      ...(seed !== undefined && { seed }),
      ...(ledgerFile !== undefined && { ledgerFile }),
      port,
      keep,
      tokens: [{ value, name: 'audit', defaultIndex: index, allowedIndexes: [index, 'main'] }],
      indexes: [index, 'main'],
    });
    for (const injection of preset.faults ?? []) {
      const { fault, ...scope } = injectionSchema.parse(injection);
      splunk.inject(fault, scope);
    }
    const pageUrl = `http://127.0.0.1:${splunk.port}/`;
    const fingerprint = tls && new X509Certificate(tls.cert).fingerprint256;
    return { splunk, hecUrl: splunk.url, token: value, index, pageUrl, fingerprint };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new PortTaken(port);
    throw error;
  }
}

/** What a person needs to connect an integration, and to repeat the rehearsal, one value per line. */
export function describeLocalSplunk({ splunk, fingerprint, ...values }: LocalSplunk): string {
  const lines = [
    `HEC URL: ${values.hecUrl}`,
    `HEC Token: ${values.token}`,
    `Index: ${values.index}`,
    `Events page: ${values.pageUrl}`,
    `Seed: ${splunk.seed}`,
    ...(fingerprint ? [`Certificate SHA-256: ${fingerprint}`] : []),
  ];
  return lines.join('\n');
}
