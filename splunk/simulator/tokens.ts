import { z } from 'zod';

/** One HEC token as an admin configures it in Splunk. */
const tokenSchema = z.strictObject({
  value: z.string().min(1),
  name: z.string().min(1),
  disabled: z.boolean(),
  /** Indexer acknowledgement: the token then needs a channel on every request. */
  useAck: z.boolean(),
  defaultIndex: z.string().min(1),
  /** Empty accepts every index name, existing or not. */
  allowedIndexes: z.array(z.string().min(1)),
  allowQueryStringAuth: z.boolean(),
  /** `http:<name>` when absent. */
  source: z.string().optional(),
  sourcetype: z.string(),
  /** The host the request was addressed to when absent. */
  host: z.string().optional(),
});

/** What may be said about a token, new or known: only its value must be. */
export const tokenChangeSchema = tokenSchema.partial().required({ value: true });

export type Token = z.output<typeof tokenSchema>;
export type TokenChange = z.input<typeof tokenChangeSchema>;

const newToken: Omit<Token, 'value'> = {
  name: 'rehearsal',
  disabled: false,
  useAck: false,
  defaultIndex: 'main',
  allowedIndexes: [],
  allowQueryStringAuth: false,
  sourcetype: 'httpevent',
};

/** The tokens this Splunk knows, by value. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  constructor(tokens: readonly TokenChange[]) {
    for (const token of tokens) this.set(token);
  }

  /** Adds a token, or changes the named fields of one that exists. Throws ZodError when a field does not fit. */
  set(change: TokenChange): Token {
    const known = this.#tokens.get(change.value) ?? newToken;
    const token = tokenSchema.parse({ ...known, ...change });
    this.#tokens.set(token.value, token);
    return token;
  }

  find(value: string): Token | undefined {
    return this.#tokens.get(value);
  }

  remove(value: string): void {
    this.#tokens.delete(value);
  }

  list(): readonly Token[] {
    return [...this.#tokens.values()];
  }
}

/** A token as it may be shown: its last four characters, nothing of a value shorter than eight. */
export function maskToken(value: string): string {
  return value.length < 8 ? '****' : `****${value.slice(-4)}`;
}
