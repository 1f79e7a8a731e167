import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeLocalSplunk, startLocalSplunk } from '@/splunk/simulator/local';
import { presets } from '@/splunk/simulator/presets';

// The program behind `npm run splunk`: the simulator alone, until it is told to stop.

const portRule = 'SPLUNK_PORT must be a port number, 0 to 65535.';
const presetRule = `--preset must be one of ${Object.keys(presets).join(', ')}.`;

const emptyAsAbsent = (value: unknown) => (value === '' ? undefined : value);

const settingsSchema = z.object({
  SPLUNK_PORT: z.preprocess(
    emptyAsAbsent,
    z.coerce.number(portRule).int(portRule).min(0, portRule).max(65_535, portRule).default(8088),
  ),
  SPLUNK_TOKEN: z.preprocess(emptyAsAbsent, z.string().optional()),
  DATA_DIR: z.preprocess(emptyAsAbsent, z.string().default('.data')),
  preset: z
    .enum(['splunk-enterprise', 'splunk-cloud-trial', 'legacy-6.4'], presetRule)
    .default('splunk-enterprise'),
});

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { preset: { type: 'string' } } });
  const settings = settingsSchema.parse({ ...process.env, preset: values.preset });
  const local = await startLocalSplunk({
    port: settings.SPLUNK_PORT,
    dataDir: settings.DATA_DIR,
    token: settings.SPLUNK_TOKEN,
    preset: presets[settings.preset],
  });
  // Not once: Ctrl-C in a terminal arrives from the terminal and from the launcher.
  const stop = () => void local.splunk.close();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(describeLocalSplunk(local));
}

function sentenceOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues[0]?.message ?? error.message;
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exitCode = 1;
});
