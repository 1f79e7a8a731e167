import { RefusedError } from '@/lib/siem/integrations/refusal';

const maxNameLength = 80;

/** The name an integration gets without one: "Splunk", then "Splunk 2" and so on. */
export function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'Splunk' : `Splunk ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** The name as it is stored. Throws a {@link RefusedError} when it is empty, too long, or another integration's. */
export function parseName(typed: string, taken: readonly string[]): string {
  const name = typed
    .normalize('NFC')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  if (name === '') throw refused('Enter a name', 'It tells your integrations apart.');
  if (name.length > maxNameLength)
    throw refused(`Name is longer than ${maxNameLength} characters`, 'Shorten it.');
  if (taken.includes(name)) throw refused(`Another integration is named ${name}`, 'Choose another name.');
  return name;
}

function refused(message: string, hint: string): RefusedError {
  return new RefusedError([{ field: 'name', message, hint }]);
}
