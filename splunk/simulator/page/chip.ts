import { type Html, html } from '@/splunk/simulator/page/html';

type Tone = 'ok' | 'warn' | 'bad' | 'plain';

/** The icons of the product, from lucide (ISC licence). */
const icons: Readonly<Record<Tone, Html | null>> = {
  ok: icon('M20 6 9 17l-5-5'),
  warn: icon('m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01'),
  bad: icon('M18 6 6 18M6 6l12 12'),
  plain: null,
};

/** Icon, word and colour: a status is never colour alone. */
export function chip(tone: Tone, words: string | number): Html {
  return html`<span class="chip ${tone}">${icons[tone]}${words}</span>`;
}

function icon(path: string): Html {
  return html`<svg viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;
}
