/** The actions that went through the gate; a test compares it with every export of every `actions.ts`. */
const defined = new WeakSet<object>();

/** Notes that an action was made by the gate. */
export function markDefined<F extends (...args: never[]) => Promise<unknown>>(action: F): F {
  defined.add(action);
  return action;
}

/** Whether a server action was made by the gate of define-action.ts. */
export function isDefined(action: unknown): boolean {
  return typeof action === 'function' && defined.has(action);
}
