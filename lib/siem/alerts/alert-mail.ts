import { env } from '@/lib/env';
import { formatDateTime } from '@/lib/format-time';
import { escapeHtml, mailButton, mailHtml } from '@/lib/mail/html';
import type { Mail } from '@/lib/mail/send-mail';
import type { AlertFacts } from '@/lib/siem/alerts/alert-facts';
import { parseProblem } from '@/lib/siem/delivery/problem';
import { explain } from '@/lib/siem/integrations/explain';
import { diagnosisTarget } from '@/lib/siem/integrations/target';
import { whatIsLost } from '@/lib/what-is-lost';

export type About = {
  readonly integrationId: string;
  readonly integrationName: string;
  readonly organizationName: string;
  readonly eventUrl: string;
};

/**
 * The mail to an admin about a stream: what happened, since when, why, what to do, what is lost, and a link. Mail passes
 * through many hands, so it names neither host nor index nor token, nor anything that Splunk said.
 */
export function alertMail(facts: AlertFacts, about: About): Omit<Mail, 'to'> {
  const { integrationId, integrationName: name, organizationName: organization } = about;
  const subject = `${subjectOf(facts, name)} (${organization})`;
  const url = `${env().PUBLIC_URL}/settings/siem/splunk/${integrationId}`;
  const why = causeOf(facts, about);
  const paragraphs = [
    ...(facts.kind === 'recovered' ? recovery(facts, about) : trouble(facts, about)),
    ...(why ? [`${why.message}. ${why.hint}`] : []),
    ...(facts.kind === 'recovered' ? [] : [`${waiting(facts)} ${whatIsLost}`]),
  ];
  const open = 'Open the integration';
  const rule = `You get this as an admin of ${organization}: when sending stops, when it has failed for an hour, once a day while that lasts, and once when it is over.`;
  return {
    subject,
    text: [...paragraphs, `${open}:\n${url}`, rule].join('\n\n').concat('\n'),
    html: mailHtml(subject, [
      ...paragraphs.map(escapeHtml),
      mailButton(url, open),
      `Or open this address: ${escapeHtml(url)}`,
      escapeHtml(rule),
    ]),
  };
}

function subjectOf({ kind, state }: AlertFacts, name: string): string {
  const word = state === 'blocked' ? 'stopped' : 'delayed';
  switch (kind) {
    case 'blocked':
      return `Sending to ${name} has stopped`;
    case 'degraded':
      return `Sending to ${name} has failed for an hour`;
    case 'reminder':
      return `Sending to ${name} is still ${word}`;
    case 'recovered':
      return `Sending to ${name} is well again`;
  }
}

function trouble({ state, since }: AlertFacts, { organizationName, integrationName }: About): string[] {
  const when = utc(since);
  return state === 'blocked'
    ? [
        `Since ${when} no events of ${organizationName} are sent to ${integrationName}.`,
        'One event is tried every five minutes. Once Splunk accepts it, the rest follows by itself.',
      ]
    : [
        `Since ${when} every attempt to send the events of ${organizationName} to ${integrationName} has failed.`,
        'It is tried again by itself, at least once a minute.',
      ];
}

function recovery(facts: AlertFacts, { organizationName, integrationName }: About): string[] {
  const { state, since, until } = facts;
  const [from, to] = [utc(since), until ? ` to ${utc(until)}` : ''];
  return [
    `The events of ${organizationName} are sent to ${integrationName} again. It was ${state === 'blocked' ? 'stopped' : 'delayed'} from ${from}${to}.`,
    facts.waiting === '0' ? 'All events are delivered; none was lost.' : `${waiting(facts)} None was lost.`,
  ];
}

function causeOf({ problem }: AlertFacts, { eventUrl }: About) {
  const parsed = parseProblem(problem);
  return parsed && explain(parsed, diagnosisTarget(eventUrl, undefined)).discreet;
}

function waiting({ waiting: digits }: AlertFacts): string {
  return digits === '1' ? '1 event waits.' : `${Number(digits).toLocaleString('en')} events wait.`;
}

function utc(instant: Date): string {
  return `${formatDateTime(instant, 'UTC', 'minute')} UTC`;
}
