import { hecCodes } from '@/splunk/simulator/codes';
import type { JournalEntry } from '@/splunk/simulator/journal';
import { chip } from '@/splunk/simulator/page/chip';
import { type Html, html } from '@/splunk/simulator/page/html';
import { eventIdOf, memberOf, type StoredEvent } from '@/splunk/simulator/store';

/** Characters of an answer's body. */
const answerShown = 2000;

/** One event: a line that unfolds, without JavaScript, into the whole of it. */
export function eventRow(event: StoredEvent): Html {
  const title = titleOf(event);
  return html`<li><details id="event-${event.ordinal}">
    <summary class="row" id="line-${event.ordinal}">
      <time>${timeText(event.time)}</time>
      <span><strong>${title}</strong> <span class="aside">${event.sourcetype}</span></span>
      <span>${chip('plain', event.index)}${searchableChip(event)}</span>
    </summary>
    <div class="inside">
      <dl class="facts">
        ${fact('Event id', eventIdOf(event))}
        ${fact('Host', event.host)}
        ${fact('Source', event.source)}
        ${fact('Received', event.receivedAt.toISOString())}
        ${fact('Came with', `request ${event.request}, position ${event.position}, token ${event.token}`)}
        ${fact('Channel', event.channel)}
        ${event.fields && fact('Indexed fields', JSON.stringify(event.fields))}
      </dl>
      <pre>${JSON.stringify(event.event, null, 2)}</pre>
    </div>
  </details></li>`;
}

/** What the event did, else how its text begins. */
function titleOf({ event }: StoredEvent): string {
  const action = memberOf(event, 'action');
  if (typeof action === 'string') return action;
  return (typeof event === 'string' ? event : (JSON.stringify(event) ?? 'Metric')).slice(0, 80);
}

/** One request and its answer, unfolding likewise. */
export function requestRow(entry: JournalEntry): Html {
  const size = entry.wireBytes === entry.decodedBytes || entry.decodedBytes === 0;
  const bytes = size
    ? `${count(entry.wireBytes)} B`
    : `${count(entry.wireBytes)} B of ${count(entry.decodedBytes)}`;
  return html`<li><details id="request-${entry.id}">
    <summary class="row" id="request-line-${entry.id}">
      <time>${timeText(entry.at.getTime() / 1000)}</time>
      <span><code>${entry.method} ${entry.path}</code>
        <span class="aside">${bytes}, ${entry.stored} stored${entry.fault && `, fault: ${entry.fault}`}</span></span>
      <span>${answerChip(entry)}</span>
    </summary>
    <div class="inside">
      <dl class="facts">
        ${fact('Request', `${entry.id}, on connection ${entry.connection}`)}
        ${entry.tls && fact('TLS', [entry.tls.protocol, entry.tls.servername].filter(Boolean).join(', for '))}
        ${entry.durationMs !== null && fact('Answered after', `${Math.round(entry.durationMs)} ms`)}
        ${Object.entries(entry.headers).map(([name, value]) => html`<dt><code>${name}</code></dt><dd><code>${value}</code></dd>`)}
      </dl>
      ${entry.responseBody && html`<pre>${shortened(entry.responseBody)}</pre>`}
    </div>
  </details></li>`;
}

/** Some answers are a megabyte, to see what the sender makes of that. */
function shortened(text: string): string {
  return text.length > answerShown ? `${text.slice(0, answerShown)}…` : text;
}

/** A whole number with thin grouping, the same in every locale of the machine. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

function fact(term: string, value: string | null | undefined): Html {
  return html`${value && html`<dt>${term}</dt><dd><code>${value}</code></dd>`}`;
}

function searchableChip(event: StoredEvent): Html {
  return event.searchable
    ? chip('ok', 'Searchable')
    : html`<span title="Splunk answered 200, but this index does not exist">${chip('bad', 'Lost: no such index')}</span>`;
}

function answerChip(entry: JournalEntry): Html {
  if (entry.status === null) return chip('warn', 'No answer');
  const known = Object.entries(hecCodes).find(([code]) => Number(code) === entry.code);
  const words = known ? `code ${entry.code}, ${known[1].text}` : 'not HEC';
  const tone = entry.status < 300 && known ? 'ok' : 'bad';
  return html`${chip(tone, entry.status)}
    <span class="aside">${words}</span>`;
}

/** UTC with milliseconds; the number itself where no calendar reaches. */
function timeText(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000);
  if (Number.isNaN(date.getTime())) return String(epochSeconds);
  return date.toISOString().replace('T', ' ').replace('Z', '');
}
