import { evidenceOf } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { shownAddress } from '@/lib/scans/checks/shown-address';
import { isSecure, redirectOf, type Sight } from '@/lib/scans/checks/sight';

const cure = 'Have the server answer every http address with a permanent redirect to https.';

/** Whether somebody who types the address without https ends up encrypted. */
export function checkRedirect({ target, answers, page, plain }: Sight): Finding[] {
  if (page && !isSecure(page)) return [unencrypted(page.url)];
  const [first] = answers;
  if (first && !isSecure(first)) return [redirected(first.url)];
  if (plain === undefined) return [];
  if (plain === 'closed') {
    return [pass('Nothing answers over plain http', `No answer on port 80 of ${target.hostname}`)];
  }
  const to = redirectOf(plain);
  if (to && isSecure({ url: to })) return [redirected(plain.url)];
  return [
    {
      id: 'redirect.missing',
      severity: 'medium',
      title: 'Plain http does not lead to https',
      evidence: evidenceOf(
        `${shownAddress(plain.url)} answers ${plain.status}${to ? ` and leads to ${shownAddress(to)}` : ''}`,
      ),
      remedy: cure,
    },
  ];
}

function unencrypted(url: URL): Finding {
  return {
    id: 'redirect.unencrypted',
    severity: 'high',
    title: 'The page is served without encryption',
    evidence: evidenceOf(`${shownAddress(url)} answers over plain http`),
    remedy: `Serve it over https. ${cure}`,
  };
}

function redirected(url: URL): Finding {
  return pass('Plain http leads to https', `${shownAddress(url)} redirects`);
}

function pass(title: string, evidence: string): Finding {
  return { id: 'redirect', severity: 'pass', title, evidence: evidenceOf(evidence), remedy: '' };
}
