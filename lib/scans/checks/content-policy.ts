import { type Answer, headerOf } from '@/lib/scans/checks/sight';

/** The directives of one Content-Security-Policy: names in lower case, sources as written. */
export type Policy = ReadonlyMap<string, readonly string[]>;

const setsPolicy = /\bhttp-equiv\s*=\s*["']?content-security-policy(?![\w-])/i;

/** Every policy that a browser enforces on a page: each comma of the header begins another one, and all have to agree. */
export function headerPolicies(page: Answer): Policy[] {
  return (headerOf(page, 'content-security-policy') ?? '')
    .split(',')
    .map(parsePolicy)
    .filter(({ size }) => size > 0);
}

/** The policies that stand in the page itself. They cannot say who may frame it. */
export function metaPolicies({ body }: Answer): Policy[] {
  return metaTags(body)
    .filter((tag) => setsPolicy.test(tag))
    .map((tag) => /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag))
    .map((content) => parsePolicy(content?.[1] ?? content?.[2] ?? ''))
    .filter(({ size }) => size > 0);
}

/** What stands in each meta tag. The parts share no text, so hostile HTML costs no more than its length. */
function metaTags(html: string): string[] {
  return html
    .split(/<meta(?=[\s/])/i)
    .slice(1)
    .flatMap((rest) => (rest.includes('>') ? [rest.slice(0, rest.indexOf('>'))] : []));
}

function parsePolicy(text: string): Policy {
  const directives = new Map<string, readonly string[]>();
  for (const directive of text.split(';')) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    // The first of two directives of one name holds.
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/** From where a policy lets scripts come; undefined when it does not say. */
export function scriptSources(policy: Policy): readonly string[] | undefined {
  return policy.get('script-src-elem') ?? policy.get('script-src') ?? policy.get('default-src');
}
