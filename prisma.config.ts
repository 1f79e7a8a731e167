import { defineConfig } from 'prisma/config';

// Prisma's CLI downloads a native schema engine at start. `generate`, `validate` and `format` never run it,
// so any executable satisfies the check and nothing is downloaded. Migrations use the WebAssembly engine (prisma/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
