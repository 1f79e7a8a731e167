type Listener = (organizationId: string) => void;

// Next bundles routes and instrumentation separately; the listeners of both must meet in one place.
const key = Symbol.for('tracekeep.audit-committed');
const registry = globalThis as typeof globalThis & { [key]?: Set<Listener> };

/** Calls `listener` after each commit that recorded events. Returns a function that stops it. */
export function onAuditCommitted(listener: Listener): () => void {
  registry[key] ??= new Set();
  const listeners = registry[key];
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the listeners that events of these organizations are committed. A listener must not throw. */
export function announceCommitted(organizationIds: Iterable<string>): void {
  for (const id of organizationIds) {
    for (const listener of registry[key] ?? []) listener(id);
  }
}
