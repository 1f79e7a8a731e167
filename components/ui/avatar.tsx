import type { ReactNode } from 'react';

/** Up to two initials: of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => Array.from(word ?? '')[0])
    .join('')
    .toUpperCase();
}

/** A person by initials, or with `icon` what is not a person: a key, the scheduler. Decoration beside the name. */
export function Avatar({ name, icon }: { name: string; icon?: ReactNode }) {
  return icon ? (
    <span
      aria-hidden="true"
      className="grid size-6.5 shrink-0 place-items-center rounded-md bg-sunken text-muted [&_.lucide]:size-3.5"
    >
      {icon}
    </span>
  ) : (
    <span
      aria-hidden="true"
      className="grid size-6.5 shrink-0 place-items-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
    >
      {initialsOf(name)}
    </span>
  );
}
