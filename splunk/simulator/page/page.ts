import { createHash } from 'node:crypto';
import type { Instance } from '@/splunk/simulator/instance';
import { chip } from '@/splunk/simulator/page/chip';
import { faultsCard } from '@/splunk/simulator/page/faults';
import { type Html, html } from '@/splunk/simulator/page/html';
import { count, eventRow, requestRow } from '@/splunk/simulator/page/rows';
import { script } from '@/splunk/simulator/page/script';
import { style } from '@/splunk/simulator/page/style';
import type { EventQuery, IndexCount } from '@/splunk/simulator/store';

type PageInput = {
  readonly hecUrl: string;
  readonly secure: boolean;
  readonly query: EventQuery;
  readonly instance: Instance;
  readonly openConnections: number;
};

/**
 * The page runs its own style and script and nothing else. Hashes rather than nonces: the script parses a fresh
 * copy of the page, and the policy of the old one must hold for it too.
 */
export const pagePolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(script)}`,
  "connect-src 'self'",
  "font-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const eventsShown = 100;
const requestsShown = 25;

/** The page of received events: newest first, filtered by a plain GET form, complete without JavaScript. */
export function renderPage(input: PageInput): string {
  const { hecUrl, instance, secure } = input;
  const active = instance.faults.list().length;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${active > 0 && `${active === 1 ? 'Fault' : 'Faults'} active: `}Splunk simulator</title>
  <link rel="icon" href="data:,">
  <style>${style}</style>
</head>
<body data-version="${versionOf(instance)}">
  <header><div>${mark}<span class="brand">Splunk simulator</span>
    ${chip('warn', 'Rehearsal only: this is not Splunk, nothing here is kept')}</div></header>
  <main>
    <h1>Events received</h1>
    <p class="lead">HEC URL <code>${hecUrl}</code>. Indexes ${instance.indexes.names().join(', ')}. Seed ${instance.faults.seed}. Times are UTC.</p>
    ${faultsCard(instance, secure)}
    ${figures(input)}
    ${requests(input)}
    ${events(input)}
  </main>
  <script>${script}</script>
</body>
</html>`.markup;
}

/** Changes with everything the page shows, so that an unchanged page is left alone. */
function versionOf({ store, journal, faults, condition }: Instance): string {
  const struck = faults.list().map(({ id, used }) => `${id}:${used}`);
  return [
    store.accepted,
    journal.arrived,
    journal.all.at(-1)?.status,
    ...struck,
    JSON.stringify(condition),
  ].join('.');
}

const mark = html`<svg class="mark" width="24" height="10" viewBox="0 0 24 10" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
  <circle cx="4.5" cy="5" r="3"/><circle cx="12" cy="5" r="3"/><circle cx="19.5" cy="5" r="3" fill="currentColor"/></svg>`;

function figures({ instance, openConnections }: PageInput): Html {
  const { lost } = instance.store;
  const duplicates = instance.store.duplicates().size;
  return html`<dl class="card figures" id="figures" data-live>
    ${figure('Accepted', instance.store.accepted, 'events since the start')}
    ${figure('Lost', lost, lost === 0 ? 'every index exists' : 'index does not exist')}
    ${figure('Sent twice', duplicates, 'event ids seen again')}
    ${figure('Requests', instance.journal.arrived, `open connections: ${openConnections}`)}
  </dl>`;
}

function figure(term: string, value: number, note: string): Html {
  return html`<div><dt>${term}</dt><dd>${count(value)} <small>${note}</small></dd></div>`;
}

function requests({ instance }: PageInput): Html {
  const entries = instance.journal.all.slice(-requestsShown).reverse();
  return html`<section class="card" id="requests" data-live aria-labelledby="last-request"><h2 id="last-request">Last request</h2>
    ${entries.length === 0 && html`<p class="empty">Nobody has called yet. Point an integration at the HEC URL above.</p>`}
    <ul class="rows">${entries.slice(0, 1).map(requestRow)}</ul>
    ${
      entries.length > 1 &&
      html`<details id="earlier"><summary class="note" id="earlier-line"><span>Requests before it</span></summary>
      <ul class="rows">${entries.slice(1).map(requestRow)}</ul></details>`
    }
  </section>`;
}

function events({ instance, query }: PageInput): Html {
  const matching = instance.store.list(query);
  const shown = matching.slice(-eventsShown).reverse();
  const filtered = Boolean(query.index || query.eventId || query.text || query.sourcetype);
  return html`<section class="card" aria-labelledby="events-title">
    <div class="heading"><h2 id="events-title">Events</h2>${indexLinks(instance.store.counts(), query)}
      <form method="post" action="/simulator/forget"><button id="clear">Forget all</button></form></div>
    <form class="filter" method="get" action="/" role="search">
      ${field('Index', 'index', query.index)}
      ${field('Event id', 'event_id', query.eventId)}
      ${field('Text', 'text', query.text)}
      <button id="filter">Filter</button>
      <a class="button" id="refresh" href="">Refresh</a>
      ${filtered && html`<a class="button" id="all" href="/">Show all</a>`}
    </form>
    <div id="events" data-live>
      ${shown.length === 0 && html`<p class="empty">${filtered ? 'No event matches this filter.' : 'Events appear here as soon as Splunk accepts them.'}</p>`}
      <ul class="rows">${shown.map(eventRow)}</ul>
      ${shown.length < matching.length && html`<p class="note">The newest ${count(shown.length)} of ${count(matching.length)}.</p>`}
    </div>
  </section>`;
}

function field(label: string, name: string, value: string | undefined): Html {
  return html`<label>${label}<input id="filter-${name}" name="${name}" value="${value}" autocomplete="off" spellcheck="false"></label>`;
}

function indexLinks(counts: readonly IndexCount[], query: EventQuery): Html {
  const links = counts.map(({ index, events, lost }) => {
    const current = query.index === index ? html` aria-current="true"` : null;
    return html`<li><a id="index-${index}" href="/?index=${encodeURIComponent(index)}"${current}>${index}
      <span class="number">${count(events)}</span>${lost > 0 && chip('bad', `${count(lost)} lost`)}</a></li>`;
  });
  return html`<ul class="indexes" id="indexes" data-live>${links}</ul>`;
}

function hashSource(content: Html): string {
  return `'sha256-${createHash('sha256').update(content.markup).digest('base64')}'`;
}
