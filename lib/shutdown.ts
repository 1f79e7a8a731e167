/** What has to end in good order before the process does. */
type Hook = () => void | Promise<void>;

// Next bundles a module once per entry point, and bin/start.ts runs outside of all bundles: a registry of the process
// is the only one they share.
const registryKey = Symbol.for('tracekeep.shutdown');
const shared = globalThis as typeof globalThis & { [registryKey]?: Map<string, Hook> };

function registry(): Map<string, Hook> {
  shared[registryKey] ??= new Map();
  return shared[registryKey];
}

/**
 * Registers an ending. Registering a name again replaces the earlier ending, as a hot reload does. Endings run in the
 * reverse order of their first registration, so what was built on something else ends before it.
 */
export function onShutdown(name: string, hook: Hook): void {
  registry().set(name, hook);
}

/**
 * Runs every ending once, one after the other, and forgets them. Never throws and never outlasts `deadlineMs`: returns
 * a line for each ending that failed or that time ran out for.
 */
export async function runShutdown(deadlineMs: number): Promise<string[]> {
  const hooks = [...registry()].reverse();
  registry().clear();
  const problems: string[] = [];
  const pending = new Set(hooks.map(([name]) => name));

  const all = (async () => {
    for (const [name, hook] of hooks) {
      try {
        await hook();
      } catch (error) {
        problems.push(`${name} did not end well: ${error instanceof Error ? error.message : String(error)}`);
      }
      pending.delete(name);
    }
  })();

  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([all, deadline]);
  clearTimeout(timer);
  return [...problems, ...[...pending].map((name) => `${name} did not end within ${deadlineMs} ms`)];
}
