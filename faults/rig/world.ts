import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { Instance } from '@/faults/rig/instance';
import { Postgres } from '@/faults/rig/postgres';
import { closeDatabase } from '@/lib/db/client';
import { applyMigrations } from '@/prisma/migrations';

/** Real servers on a real PostgreSQL, for the scenarios of one file. */
export type World = {
  readonly postgres: Postgres;
  /** Those that were started and not removed, dead ones among them. */
  readonly instances: readonly Instance[];
  /** Processes of this world that are no more: their leases run out. */
  readonly dead: ReadonlySet<number>;
  startInstance(): Promise<Instance>;
  /** Kills it and starts another in its place, which is not waited for. */
  replace(instance: Instance): Promise<{ ready: Promise<Instance> }>;
  /** Takes it out, however it ended. */
  remove(instance: Instance): void;
  /** Puts one back that was only frozen. */
  add(instance: Instance): void;
};

/** Makes a world before the file's scenarios and ends it after them. Call it once, at the top level. */
export function useWorld({ instances: count = 1, durable = false } = {}): World {
  const instances: Instance[] = [];
  const dead = new Set<number>();
  let directory = '';
  let postgres: Postgres | undefined;
  let started = 0;

  const world: World = {
    get postgres() {
      if (!postgres) throw new Error('the world has not begun');
      return postgres;
    },
    instances,
    dead,
    async startInstance() {
      const instance = await startSupervised(() => Instance.start(world.postgres.url, directory, ++started));
      instances.push(instance);
      return instance;
    },
    async replace(instance) {
      await instance.kill();
      world.remove(instance);
      return { ready: world.startInstance() };
    },
    remove(instance) {
      dead.add(instance.pid);
      instances.splice(instances.indexOf(instance), 1);
    },
    add(instance) {
      dead.delete(instance.pid);
      instances.push(instance);
    },
  };

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-faults-'));
    // Under root PostgreSQL runs as another account, which mkdtemp would keep out.
    await chmod(directory, 0o711);
    postgres = await Postgres.start(directory, durable);
    process.env.DATABASE_URL = postgres.goodUrl;
    await applyMigrations(postgres.goodUrl);
    await Promise.all(Array.from({ length: count }, world.startInstance));
  });
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.kill()));
    await closeDatabase();
    await postgres?.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return world;
}

/** As a supervisor does it: a server whose database is taken away while it starts ends, says so, and is started again. */
async function startSupervised(start: () => Promise<Instance>, triesLeft = 10): Promise<Instance> {
  try {
    return await start();
  } catch (error) {
    const said = error instanceof Error && error.message.includes('of DATABASE_URL cannot be reached');
    if (!said || triesLeft === 0) throw error;
    return startSupervised(start, triesLeft - 1);
  }
}
