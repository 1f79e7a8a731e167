import { generateClient } from '@/bin/build';
import { runProgram } from '@/bin/program';
import { loadSettings } from '@/bin/settings';

// The program behind `npm run bench:delivery` (docs/performance.md).

await runProgram(async (program) => {
  loadSettings({ dotEnv: false });
  await generateClient(program);
  // Imported here because it uses the client that was generated just now.
  const { benchmark } = await import('@/bench/delivery');
  await benchmark(program);
});
