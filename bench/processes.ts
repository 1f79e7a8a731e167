import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Lap, lapSchema, type Task } from '@/bench/contestants/race';

export type Contestant = 'engine' | 'scale' | 'reading' | 'preparing' | 'posting' | 'splunk-logging';

/** Runs a contestant in a process of its own. */
export async function runContestant(name: Contestant, task: Task): Promise<Lap> {
  return lapSchema.parse(JSON.parse(await outputOf(`contestants/${name}.ts`, task)));
}

/** What a program of this folder prints. Rejects when it fails. */
export function outputOf(script: string, task: object): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, script), JSON.stringify(task)],
    { env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${script} ended with ${code}`));
    });
  });
}

type Taken = { requests: number; bytes: number; user: number; system: number };

export type Receiver = { readonly url: string; taken(): Promise<Taken>; stop(): void };

/** The receiver in a process of its own. */
export async function startReceiver(): Promise<Receiver> {
  const script = path.join(import.meta.dirname, 'counting-receiver.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const { port }: { port: number } = await next();
  return {
    url: `http://127.0.0.1:${port}`,
    async taken() {
      child.stdin.write('\n');
      return next();
    },
    stop: () => child.stdin.end(),
  };
}

/** Seconds of processor time of a process and its children, also of those that have ended. */
export function cpuSecondsOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return [String(pid), ...children].reduce((sum, each) => sum + ticksOf(each), 0) / ticksPerSecond;
}

/** The unit of Linux whatever its kernel's own. */
const ticksPerSecond = 100;

/** 0 for a process that has ended meanwhile: its parent has counted it. */
function ticksOf(pid: string): number {
  if (!existsSync(`/proc/${pid}/stat`)) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}
