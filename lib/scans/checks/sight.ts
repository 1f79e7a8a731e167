import type { ServerCertificate } from '@/lib/net/server-certificate';

/** One answer of the target. Header names are in lower case. */
export type Answer = {
  readonly url: URL;
  readonly status: number;
  /** Each field as often as it was sent, in order. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Its beginning; a page that sets its policy in HTML does so there. */
  readonly body: string;
  /** Undefined over plain http. */
  readonly tls:
    | { readonly protocol: string; readonly certificate: ServerCertificate | undefined }
    | undefined;
};

/** A connection that came to nothing because of what the server offered to encrypt it with. */
export type Refusal = {
  readonly url: URL;
  /** Of Node or OpenSSL. */
  readonly code: string;
  readonly certificate: ServerCertificate | undefined;
};

/** What was met at a target: all that a check may look at. */
export type Sight = {
  readonly now: Date;
  readonly target: URL;
  /** From the target through the redirects that were followed. */
  readonly answers: readonly Answer[];
  /** Where these ended: the page that people get to see. Undefined when TLS was refused on the way. */
  readonly page: Answer | undefined;
  readonly refusal: Refusal | undefined;
  /** What plain http says, of a target at https on its usual port. */
  readonly plain: Answer | 'closed' | undefined;
};

/** The values of a header as one, the way RFC 9110 joins them; undefined when it was not sent. */
export function headerOf(answer: Answer, name: string): string | undefined {
  return answer.headers[name]?.join(', ');
}

export function isSecure({ url }: Pick<Answer, 'url'>): boolean {
  return url.protocol === 'https:';
}

/** Where an answer sends the browser, when it does. */
export function redirectOf(answer: Answer): URL | undefined {
  const location = answer.status >= 300 && answer.status < 400 ? headerOf(answer, 'location') : undefined;
  if (location === undefined || !URL.canParse(location, answer.url)) return undefined;
  const url = new URL(location, answer.url);
  // Neither is ever sent to a server, and a password would stand in the results.
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}
