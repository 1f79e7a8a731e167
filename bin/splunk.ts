import { parseArgs } from 'node:util';
import { z } from 'zod';
import { usage } from '@/bin/splunk-usage';
import { describeLocalSplunk, startLocalSplunk } from '@/splunk/simulator/local';
import { combinePresets, describePresets, type Preset } from '@/splunk/simulator/presets';
import { isRehearsal, rehearsals } from '@/splunk/simulator/rehearsals';
import { connectSimulator } from '@/splunk/simulator/remote';

// The program behind `npm run splunk`: the simulator alone, until it is told to stop; or a word to one that runs.

const portRule = 'SPLUNK_PORT must be a port number, 0 to 65535.';
const presetRule = `--preset must be one of ${[...describePresets().keys()].join(', ')}.`;
const rehearsalRule = `--rehearse must be one of ${Object.keys(rehearsals).join(', ')}.`;
const seedRule = '--seed must be a whole number.';
const timesRule = '--times must be a whole number above 0.';

const emptyAsAbsent = (value: unknown) => (value === '' ? undefined : value);

const settingsSchema = z.object({
  SPLUNK_PORT: z.preprocess(
    emptyAsAbsent,
    z.coerce.number(portRule).int(portRule).min(0, portRule).max(65_535, portRule).default(8088),
  ),
  SPLUNK_TOKEN: z.preprocess(emptyAsAbsent, z.string().optional()),
  DATA_DIR: z.preprocess(emptyAsAbsent, z.string().default('.data')),
  preset: z.array(z.string()).default([]).transform(presetOf),
  https: z.boolean().default(false),
  seed: z.coerce.number(seedRule).int(seedRule).nonnegative(seedRule).optional(),
  ledger: z.string().optional(),
  rehearse: z.string().refine(isRehearsal, rehearsalRule).optional(),
  times: z.coerce.number(timesRule).int(timesRule).positive(timesRule).optional(),
  heal: z.boolean().default(false),
  help: z.boolean().default(false),
});

type Settings = z.output<typeof settingsSchema>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      preset: { type: 'string', multiple: true },
      https: { type: 'boolean' },
      seed: { type: 'string' },
      ledger: { type: 'string' },
      rehearse: { type: 'string' },
      times: { type: 'string' },
      heal: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const settings = settingsSchema.parse({ ...process.env, ...values });
  if (settings.help) console.log(usage());
  else if (settings.heal || settings.rehearse) await tell(settings);
  else await start(settings);
}

async function start(settings: Settings): Promise<void> {
  const local = await startLocalSplunk({
    port: settings.SPLUNK_PORT,
    dataDir: settings.DATA_DIR,
    token: settings.SPLUNK_TOKEN,
    preset: { ...settings.preset, ...(settings.https && { https: true }) },
    seed: settings.seed,
    ledgerFile: settings.ledger,
  });
  // Not once: Ctrl-C in a terminal arrives from the terminal and from the launcher.
  const stop = () => void local.splunk.close();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(describeLocalSplunk(local));
}

/** Has the simulator that runs on the port rehearse something, or stop it. */
async function tell({ SPLUNK_PORT, rehearse, times, heal }: Settings): Promise<void> {
  const splunk = connectSimulator(`http://127.0.0.1:${SPLUNK_PORT}/`);
  try {
    if (heal) await splunk.heal();
    if (rehearse) await splunk.rehearse(rehearse, times);
    const { faults } = await splunk.status();
    console.log(
      faults.length === 0 ? 'No fault is active.' : faults.map(({ says }) => `Active: ${says}`).join('\n'),
    );
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`No simulator runs on port ${SPLUNK_PORT}. Start one with npm run splunk.`);
  }
}

function presetOf(names: readonly string[], context: z.RefinementCtx): Preset {
  const preset = combinePresets(names);
  if (preset === undefined) context.addIssue(presetRule);
  return preset ?? {};
}

function sentenceOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues[0]?.message ?? error.message;
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exitCode = 1;
});
