import { logHref } from '@/components/audit/log-href';
import { integrityPath } from '@/components/integrity/paths';
import { streamItems } from '@/components/overview/stream-attention';
import { capital, count, named } from '@/components/overview/words';
import { only } from '@/lib/audit/filter/audit-filter';
import { formatDate, formatDateTime } from '@/lib/format-time';
import type { BrokenPlace } from '@/lib/integrity/verification/broken-places';
import type { ExpiringKey } from '@/lib/overview/expiring-keys';
import type { FailedSignIns } from '@/lib/overview/failed-sign-ins';
import type { OpenInvitations } from '@/lib/overview/open-invitations';
import type { ScanResult } from '@/lib/overview/scan-results';
import type { StreamBrief } from '@/lib/siem/streams';

/** What was found out for somebody; a member is absent where their role may not know. */
export type Facts = {
  brokenPlaces?: readonly BrokenPlace[] | undefined;
  streams?: readonly StreamBrief[] | undefined;
  failedSignIns?: FailedSignIns | undefined;
  keys?: readonly ExpiringKey[] | undefined;
  invitations?: OpenInvitations | undefined;
  scans?: readonly ScanResult[] | undefined;
};

const kinds: Record<keyof Facts, string> = {
  brokenPlaces: 'verifications of the log',
  streams: 'delivery to Splunk',
  failedSignIns: 'failed sign-ins',
  keys: 'API keys',
  scans: 'scans',
  invitations: 'invitations',
};

/** What the facts are about, in words. */
export function lookedAt(facts: Facts): string[] {
  return Object.entries(kinds).flatMap(([kind, word]) => (facts[kind as keyof Facts] ? [word] : []));
}

/** One thing to look at: a sentence, and the page where something can be done about it. */
export type AttentionItem = {
  tone: 'bad' | 'warn' | 'info';
  sentence: string;
  /** The cure, or what is not lost. */
  note?: string | undefined;
  href: string;
  link: string;
};

export type Reader = { zone: string; mayManageSiem: boolean };

/** Sign-ins fail every day. These many, and twice as many as the day before, are no coincidence. */
const fewFailures = 5;

/** What needs attention, the most urgent first. Empty when nothing does. */
export function attentionItems(facts: Facts, reader: Reader): AttentionItem[] {
  const items = [
    ...brokenItems(facts.brokenPlaces),
    ...streamItems(facts.streams, reader),
    ...signInItems(facts.failedSignIns),
    ...keyItems(facts.keys, reader),
    ...scanItems(facts.scans),
    ...invitationItems(facts.invitations, reader),
  ];
  return (['bad', 'warn', 'info'] as const).flatMap((tone) => items.filter((item) => item.tone === tone));
}

function brokenItems(places: Facts['brokenPlaces'] = []): AttentionItem[] {
  const [first, ...others] = places;
  if (!first) return [];
  const more =
    others.length > 0
      ? ` There ${others.length === 1 ? 'is' : 'are'} ${count(others.length, 'more place')}.`
      : '';
  return [
    {
      tone: 'bad',
      sentence: `The audit log is broken at No. ${first.seq}: ${first.reason}.`,
      note: `Somebody or something changed the database past Tracekeep.${more}`,
      href: integrityPath,
      link: 'Integrity',
    },
  ];
}

function signInItems(failed: Facts['failedSignIns']): AttentionItem[] {
  if (!failed || failed.lastDay < Math.max(fewFailures, 2 * failed.dayBefore)) return [];
  return [
    {
      tone: 'bad',
      sentence: `${count(failed.lastDay, 'sign-in')} failed in the last 24 hours, ${failed.dayBefore.toLocaleString('en')} in the 24 before.`,
      note: 'Somebody may be guessing passwords.',
      href: logHref({
        filter: { action: only('user.login_failed'), created: { not: false, range: { last: '24h' } } },
      }),
      link: 'Failed sign-ins',
    },
  ];
}

function keyItems(keys: Facts['keys'], { zone }: Reader): AttentionItem[] {
  const to = { href: '/settings/api-keys', link: 'API keys' };
  const expired = (keys ?? []).filter((key) => key.expired);
  const expiring = (keys ?? []).filter((key) => !key.expired);
  const [first] = expiring;
  const items: AttentionItem[] = [];
  if (expired.length > 0) {
    items.push({
      ...to,
      tone: 'bad',
      sentence: `${capital(named('API key', expired))} expired while in use.`,
      note: 'What used it is refused now.',
    });
  }
  if (first) {
    const day = formatDate(first.expiresAt, zone);
    items.push({
      ...to,
      tone: 'warn',
      sentence: `${capital(named('API key', expiring))} ${expiring.length === 1 ? `expires on ${day}` : `expire within 14 days, the first on ${day}`}.`,
      note: 'Create a new one before, and change what uses it.',
    });
  }
  return items;
}

function scanItems(scans: Facts['scans']): AttentionItem[] {
  const failed = (scans ?? []).filter(({ status }) => status === 'failed');
  const found = (scans ?? []).filter((scan) => scan.status === 'finished' && (scan.newFindings ?? 0) > 0);
  const newFindings = found.reduce((sum, scan) => sum + (scan.newFindings ?? 0), 0);
  const items: AttentionItem[] = [];
  if (failed.length > 0) {
    items.push({
      ...scanLink(failed),
      tone: 'warn',
      sentence: `The last run of ${named('scan', failed)} failed.`,
      note: failed.length === 1 ? (failed[0]?.reason ?? undefined) : undefined,
    });
  }
  if (found.length > 0) {
    items.push({
      ...scanLink(found),
      tone: 'warn',
      sentence: `${capital(named('scan', found))} found ${count(newFindings, 'new problem')}.`,
    });
  }
  return items;
}

function scanLink(scans: readonly ScanResult[]) {
  const [only, ...others] = scans;
  return only && others.length === 0
    ? { href: `/scans/${only.id}`, link: only.name }
    : { href: '/scans', link: 'Scans' };
}

function invitationItems(invitations: Facts['invitations'], { zone }: Reader): AttentionItem[] {
  if (!invitations?.nextExpiry) return [];
  const { pending, nextExpiry } = invitations;
  const when = formatDateTime(nextExpiry, zone, 'minute');
  return [
    {
      tone: 'info',
      sentence:
        pending === 1
          ? `One invitation waits for an answer and expires on ${when}.`
          : `${count(pending, 'invitation')} wait for an answer; the first expires on ${when}.`,
      href: '/settings/members?tab=invitations',
      link: 'Invitations',
    },
  ];
}
