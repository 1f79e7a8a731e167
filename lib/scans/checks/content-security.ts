import { headerPolicies, metaPolicies, type Policy, scriptSources } from '@/lib/scans/checks/content-policy';
import { evidenceOf, headerEvidence } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, type Sight } from '@/lib/scans/checks/sight';

const name = 'content-security-policy';

type Weakness = Omit<Finding, 'evidence'> & {
  /** Whether the sources of scripts have it; undefined stands for a policy that does not speak of scripts. */
  has(sources: readonly string[] | undefined): boolean;
};

const weaknesses: readonly Weakness[] = [
  {
    id: 'csp.no-scripts',
    severity: 'medium',
    title: 'The content security policy does not speak of scripts',
    remedy: "Add script-src 'self', or default-src 'self' for everything that is not named.",
    has: (sources) => sources === undefined,
  },
  {
    id: 'csp.unsafe-inline',
    severity: 'medium',
    title: 'The content security policy lets any inline script run',
    remedy: "Remove 'unsafe-inline' from script-src; give scripts of your own a nonce or a hash.",
    // Beside a nonce, a hash or strict-dynamic browsers ignore it.
    has: (sources = []) => has(sources, /^'unsafe-inline'$/i) && !has(sources, exact),
  },
  {
    id: 'csp.unsafe-eval',
    severity: 'low',
    title: 'The content security policy lets text run as a script',
    remedy: "Remove 'unsafe-eval' from script-src.",
    has: (sources = []) => has(sources, /^'unsafe-eval'$/i),
  },
  {
    id: 'csp.wildcard',
    severity: 'medium',
    title: 'The content security policy lets scripts come from anywhere',
    remedy: 'Name the hosts that scripts may come from, instead of * or a whole scheme.',
    has: (sources = []) => has(sources, /^(?:\*|https?:|https?:\/\/\*|data:)$/i) && !has(sources, strict),
  },
];

const exact = /^'(?:nonce-|sha(?:256|384|512)-|strict-dynamic')/i;
const strict = /^'strict-dynamic'$/i;

function has(sources: readonly string[], pattern: RegExp): boolean {
  return sources.some((source) => pattern.test(source));
}

/** Whether a script that somebody smuggles into the page would run. */
export function checkContentSecurity({ page }: Sight): Finding[] {
  if (!page) return [];
  const policies = [...headerPolicies(page), ...metaPolicies(page)];
  if (policies.length === 0) return [missing(headerOf(page, `${name}-report-only`))];
  // Each policy is enforced by itself: what one of them forbids does not happen.
  const evidence = evidenceOf(`${name}: ${policies.map(spell).join(', ')}`);
  const found = weaknesses
    .filter((weakness) => policies.every((policy) => weakness.has(scriptSources(policy))))
    .map(({ has: _, ...finding }) => ({ ...finding, evidence }));
  if (found.length > 0) return found;
  return [
    {
      id: 'csp',
      severity: 'pass',
      title: 'A content security policy restricts scripts',
      evidence,
      remedy: '',
    },
  ];
}

function missing(reportOnly: string | undefined): Finding {
  const remedy = "Send Content-Security-Policy, to begin with: default-src 'self'.";
  if (reportOnly === undefined) {
    return {
      id: 'csp.missing',
      severity: 'medium',
      title: 'There is no content security policy',
      evidence: headerEvidence(name, undefined),
      remedy,
    };
  }
  return {
    id: 'csp.report-only',
    severity: 'medium',
    title: 'The content security policy only reports',
    evidence: headerEvidence(`${name}-report-only`, reportOnly),
    remedy: 'Send the same policy as Content-Security-Policy once its reports are quiet.',
  };
}

function spell(policy: Policy): string {
  return [...policy].map(([directive, sources]) => [directive, ...sources].join(' ')).join('; ');
}
