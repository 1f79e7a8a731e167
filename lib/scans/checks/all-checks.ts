import { checkBanner } from '@/lib/scans/checks/banner';
import { checkCertificate } from '@/lib/scans/checks/certificate';
import { checkContentSecurity } from '@/lib/scans/checks/content-security';
import { checkContentTypeOptions } from '@/lib/scans/checks/content-type-options';
import { checkCookies } from '@/lib/scans/checks/cookies';
import { type Finding, severities } from '@/lib/scans/checks/finding';
import { checkFraming } from '@/lib/scans/checks/framing';
import { checkOpenerPolicy } from '@/lib/scans/checks/opener-policy';
import { checkReachability } from '@/lib/scans/checks/reachability';
import { checkRedirect } from '@/lib/scans/checks/redirect';
import { checkReferrerPolicy } from '@/lib/scans/checks/referrer-policy';
import type { Sight } from '@/lib/scans/checks/sight';
import { checkStrictTransport } from '@/lib/scans/checks/strict-transport';
import { checkTlsVersion } from '@/lib/scans/checks/tls-version';

/** A check that has nothing to look at says nothing; any other has one result at least. */
const checks: readonly ((sight: Sight) => Finding[])[] = [
  checkReachability,
  checkRedirect,
  checkTlsVersion,
  checkCertificate,
  checkStrictTransport,
  checkContentSecurity,
  checkFraming,
  checkContentTypeOptions,
  checkCookies,
  checkReferrerPolicy,
  checkOpenerPolicy,
  checkBanner,
];

/** Everything there is to say about a target, the worst first. */
export function examine(sight: Sight): Finding[] {
  const findings = checks.flatMap((check) => check(sight));
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
