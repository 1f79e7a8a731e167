import { printable } from '@/lib/net/printable';

const maxLength = 300;

/** What was seen, in the target's own words where there are any: one line of bounded, printable text. */
export function evidenceOf(text: string): string {
  const shown = printable(text, maxLength + 1);
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 3)}...` : shown;
}

/** A header as evidence. */
export function headerEvidence(name: string, value: string | undefined): string {
  return evidenceOf(value === undefined ? `${name} is absent` : `${name}: ${value}`);
}
