import { headerPolicies } from '@/lib/scans/checks/content-policy';
import { evidenceOf, headerEvidence } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, type Sight } from '@/lib/scans/checks/sight';

const name = 'x-frame-options';
const remedy = "Send Content-Security-Policy: frame-ancestors 'none', or 'self'.";

/** Whether another site can show the page in a frame of its own and have people click into it. */
export function checkFraming({ page }: Sight): Finding[] {
  if (!page) return [];
  // Where frame-ancestors is said, browsers ignore the older header.
  const ancestors = headerPolicies(page).flatMap((policy) => {
    const sources = policy.get('frame-ancestors');
    return sources ? [sources] : [];
  });
  if (ancestors.length > 0) {
    const evidence = evidenceOf(
      `content-security-policy: ${ancestors.map((sources) => ['frame-ancestors', ...sources].join(' ')).join(', ')}`,
    );
    const open = ancestors.every((sources) => sources.some((source) => /^(?:\*|https?:)$/i.test(source)));
    return [open ? anySite(evidence) : pass(evidence)];
  }
  const value = headerOf(page, name);
  const evidence = headerEvidence(name, value);
  const words = (value ?? '').split(',').map((word) => word.trim().toLowerCase());
  if (words.every((word) => word === 'deny' || word === 'sameorigin')) return [pass(evidence)];
  if (value === undefined) return [anySite(evidence)];
  return [
    {
      id: 'framing.unknown',
      severity: 'medium',
      title: 'Browsers do not understand who may frame the page',
      evidence,
      remedy,
    },
  ];
}

function anySite(evidence: string): Finding {
  return {
    id: 'framing.missing',
    severity: 'medium',
    title: 'Any site can show the page in a frame',
    evidence,
    remedy,
  };
}

function pass(evidence: string): Finding {
  return { id: 'framing', severity: 'pass', title: 'Framing is restricted', evidence, remedy: '' };
}
