import { presets } from './audit-filter';
import { origins, queryKeys, results } from './vocabulary';

/** An action or a family of them (`scan.*`), with its words for people. */
export type ActionWord = { name: string; label: string };

export type Completion = { text: string; hint: string };

/** What the text from `start` to the caret may become. */
export type Completions = {
  start: number;
  options: Completion[];
  /** The value is somebody or something that the log names, beginning so: the log has to be asked. */
  party?: { role: 'actor' | 'target'; beginning: string };
};

/** More than these help nobody to choose. */
const maxOptions = 12;

/**
 * What may follow in the query field, given the query up to the caret: keys, and the values of those keys that have
 * known ones. Pure: what is in the log is for the caller to find.
 */
export function completions(prefix: string, actions: readonly ActionWord[]): Completions {
  const part = lastPart(prefix);
  const [, sign = '', key, rest = ''] = /^(-?)(?:([a-z_-]+):)?(.*)$/is.exec(part) ?? [];
  if (key === undefined) {
    const options = part === '' || /^-?[a-z]*$/i.test(part) ? keyOptions(rest) : [];
    return { start: prefix.length - part.length + sign.length, options };
  }
  // A comma in quotation marks is none, and after those there is nothing to complete.
  const typed = /(?:^|,)("[^"]*|[^",]*)$/.exec(rest)?.[1];
  if (typed === undefined) return { start: prefix.length, options: [] };
  const role = (['actor', 'target'] as const).find((known) => known === key.toLowerCase());
  if (role) {
    const party = { role, beginning: typed.replace(/^"/, '') };
    return { start: prefix.length - typed.length, options: [], party };
  }
  return {
    start: prefix.length - typed.length,
    options: typed.startsWith('"') ? [] : valueOptions(key.toLowerCase(), typed, actions),
  };
}

/** The text after the last white space that is not in quotation marks. */
function lastPart(prefix: string): string {
  let start = 0;
  let quoted = false;
  for (let index = 0; index < prefix.length; index += 1) {
    const character = prefix[index] ?? '';
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(character)) start = index + 1;
  }
  return prefix.slice(start);
}

function keyOptions(typed: string): Completion[] {
  return begin(
    Object.entries(queryKeys).map(([key, hint]) => ({ text: `${key}:`, hint })),
    typed,
  );
}

function valueOptions(key: string, typed: string, actions: readonly ActionWord[]): Completion[] {
  const plain = (words: readonly string[]) => words.map((text) => ({ text, hint: '' }));
  if (key === 'result') return begin(plain(results), typed);
  if (key === 'origin') return begin(plain(origins), typed);
  if (key === 'created') {
    const hint = 'until now, whenever it is looked at';
    return begin(
      Object.keys(presets).map((text) => ({ text, hint })),
      typed,
    );
  }
  if (key !== 'action') return [];
  const words = actions.map(({ name, label }) => ({ text: name, hint: label }));
  const first = begin(words, typed);
  // "login" finds user.login too, after what begins so.
  const within = words.filter(({ text, hint }) =>
    `${text}\n${hint}`.toLowerCase().includes(typed.toLowerCase()),
  );
  return [...new Set([...first, ...within])].slice(0, maxOptions);
}

function begin(options: Completion[], typed: string): Completion[] {
  return options.filter(({ text }) => text.startsWith(typed.toLowerCase())).slice(0, maxOptions);
}
