import { lookup as systemLookup } from 'node:dns/promises';

/** Answers with every address of a name, or rejects with Node's DNS codes. */
export type Lookup = (host: string) => Promise<readonly { address: string; family: number }[]>;

/** A name that takes longer is doubtful. Milliseconds. */
const slowMs = 1_000;

/**
 * Lookups that do not wait for one another's trouble. Node asks the system on two threads, and a name server that does not
 * answer keeps one for many seconds: two such names, and no other name of this process would be found. So a name that
 * failed or was slow the last time is doubtful, and doubtful names are asked one at a time; the other thread is free for
 * the rest. Whoever asks for a name that is being asked for shares the answer.
 */
export function fairLookup(ask: Lookup): Lookup {
  const doubtful = new Set<string>();
  const underWay = new Map<string, ReturnType<Lookup>>();
  let lastDoubtful: Promise<unknown> = Promise.resolve();

  async function asked(host: string): ReturnType<Lookup> {
    const timer = setTimeout(() => doubtful.add(host), slowMs);
    try {
      const answers = await ask(host);
      doubtful.delete(host);
      return answers;
    } catch (error) {
      doubtful.add(host);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  function inTurn(host: string): ReturnType<Lookup> {
    const answer = lastDoubtful.then(() => asked(host));
    lastDoubtful = answer.catch(() => undefined);
    return answer;
  }

  return (host) => {
    const shared = underWay.get(host);
    if (shared) return shared;
    const answer = (doubtful.has(host) ? inTurn(host) : asked(host)).finally(() => underWay.delete(host));
    underWay.set(host, answer);
    return answer;
  };
}

/** getaddrinfo, so that /etc/hosts and the machine's own search domains count, as they do for every other program. */
export const allAddresses = fairLookup((host) => systemLookup(host, { all: true, order: 'verbatim' }));
