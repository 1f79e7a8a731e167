/** One part of a query: `key:value,value`, or a word or phrase without a key. Either may be negated. */
export type Token = { key?: string; not: boolean; values: string[] };

/**
 * Cuts a query into its parts. Every text is a query: a quotation mark that is never closed ends with the text.
 *
 *   query = part { white space part }
 *   part  = ["-"] ( key ":" value { "," value } | word )
 *   value = { quoted | any character but white space, comma and quotation mark }
 *   word  = quoted | anything without white space
 *   quoted = '"' { any character; \" and \\ stand for " and \ } '"'
 */
export function tokenize(query: string): Token[] {
  const reader = new Reader(query);
  const tokens: Token[] = [];
  for (reader.skipSpace(); !reader.atEnd; reader.skipSpace()) tokens.push(readToken(reader));
  return tokens;
}

function readToken(reader: Reader): Token {
  // A dash that stands alone is a word of its own.
  const not = reader.take(/-(?=\S)/y) !== undefined;
  if (reader.at('"')) return { not, values: [reader.quoted()] };
  if (!reader.looksLike(literal)) {
    const key = reader.take(/[a-z][a-z_-]*:/iy);
    if (key !== undefined) return { key: key.slice(0, -1).toLowerCase(), not, values: readValues(reader) };
  }
  return { not, values: [reader.take(/\S+/y) ?? ''] };
}

/** What has a colon and is no filter: an address of IP version 6, one of the web. */
const literal = /[0-9a-f]*:[0-9a-f]*:[0-9a-f:./]*(?!\S)|[a-z]+:\/\//iy;

function readValues(reader: Reader): string[] {
  const values: string[] = [];
  do {
    let value = '';
    for (;;) {
      const part = reader.at('"') ? reader.quoted() : reader.take(/[^\s,"]+/y);
      if (part === undefined) break;
      value += part;
    }
    values.push(value);
  } while (reader.take(/,/y) !== undefined);
  return values;
}

class Reader {
  private index = 0;
  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.index >= this.text.length;
  }

  at(character: string): boolean {
    return this.text[this.index] === character;
  }

  /** What a sticky pattern matches here, if it does. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text)?.[0];
    this.index += found?.length ?? 0;
    return found;
  }

  looksLike(pattern: RegExp): boolean {
    pattern.lastIndex = this.index;
    return pattern.test(this.text);
  }

  skipSpace(): void {
    this.take(/\s+/y);
  }

  quoted(): string {
    const pattern = /"((?:\\["\\]|[^"])*)"?/y;
    pattern.lastIndex = this.index;
    const [whole = '', inner = ''] = pattern.exec(this.text) ?? [];
    this.index += whole.length;
    return inner.replace(/\\(["\\])/g, '$1');
  }
}
