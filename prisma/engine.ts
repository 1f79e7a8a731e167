import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool, type QueryArrayConfig, type QueryArrayResult } from 'pg';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/**
 * Runs `work` with Prisma's schema engine, the WebAssembly build that the npm package carries: nothing is downloaded.
 * `newDatabaseUrl` makes an empty database each time the engine wants to replay the migrations; without it the engine
 * can apply migrations but not compare them.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: glue.SchemaEngine) => Promise<T>,
  newDatabaseUrl: () => Promise<string> = () => Promise.reject(new Error('No scratch database here')),
): Promise<T> {
  await loadEngine();
  const pools: Pool[] = [];
  const factory = bindMigrationAwareSqlAdapterFactory(new SchemaPg(databaseUrl, newDatabaseUrl, pools));
  // The schema only tells the engine which connector to use; each operation names its own schema.
  const datamodel = 'datasource db {\n  provider = "postgresql"\n}\n';
  const engine = await glue.SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => {},
    factory,
  );
  try {
    return await work(engine);
  } catch (error) {
    // What is no SQL error, a lost connection say, crosses the engine as a bare number.
    const id = /External error id#(\d+)/.exec(String(error))?.[1];
    throw (id && factory.errorRegistry.consumeError(Number(id))?.error) || error;
  } finally {
    engine.free();
    // The engine leaves its connections open, and a database with open connections cannot be cloned.
    await Promise.all(pools.map((pool) => pool.end()));
  }
}

let loading: Promise<void> | undefined;

/** What the package's entry point does under a bundler that can import `.wasm`, done by hand. Once per process. */
function loadEngine(): Promise<void> {
  loading ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
    const imports = Object.entries(glue).map(([name, value]) =>
      name.startsWith('__wbg_setTimeout_') ? [name, setTimeoutUnheld] : [name, value],
    );
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': Object.fromEntries(imports),
    });
    glue.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start !== 'function') throw new Error('The schema engine has no entry point');
    start();
  })();
  return loading;
}

/** The engine forgets to cancel the ten-second limit on its lock, which would keep a finished process alive. */
function setTimeoutUnheld(callback: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(callback, delayMs).unref();
}

/**
 * Prisma's adapter for `pg` with three of its habits corrected. It cuts scripts at every semicolon, also inside function
 * bodies, and sends the pieces over different connections; PostgreSQL takes a whole script, and runs it as one
 * transaction. Given a connection string, its "shadow" database is the real one. And it does not know the type "char",
 * which the catalogue is full of, so the engine could not read a database back.
 */
class SchemaPg extends PrismaPg {
  constructor(
    connectionString: string,
    private readonly newDatabaseUrl: () => Promise<string>,
    private readonly pools: Pool[],
  ) {
    const pool = catalogPool(connectionString);
    super(pool);
    pools.push(pool);
  }

  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const { Character, CharacterArray } = ColumnTypeEnum;
      return {
        ...result,
        columnTypes: result.columnTypes.map((type) => (type === CharacterArray ? Character : type)),
      };
    };
    return adapter;
  }

  override async connectToShadowDb(): Promise<Adapter> {
    return new SchemaPg(await this.newDatabaseUrl(), this.newDatabaseUrl, this.pools).connect();
  }
}

const charOid = 18;
const charArrayOid = 1002;

/** A pool that announces "char" as its array type, which the adapter does know and the catalogue never uses. */
function catalogPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 });
  // A server that stops says so on connections that are just being closed; without a listener that ends the process.
  pool.on('error', () => undefined);
  const query = pool.query.bind(pool) as (
    config: QueryArrayConfig,
  ) => Promise<QueryArrayResult | QueryArrayResult[]>;
  return Object.assign(pool, {
    query: async (config: QueryArrayConfig) => {
      const result = await query(config);
      // A script of several statements has several results.
      const fields = [result].flat().flatMap((each) => each.fields);
      for (const field of fields) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
      return result;
    },
  });
}
