/**
 * Joins class names. Nothing is merged, which would cost every page 8 kB: where a caller has to win over a component's own
 * class for the same property, it says so with Tailwind's mark, as in `w-24!`.
 */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
