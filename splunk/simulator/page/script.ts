import { trusted } from '@/splunk/simulator/page/html';

/**
 * Keeps the page current: every two seconds it fetches itself and swaps the parts marked `data-live`, leaving open
 * what was open and the focus where it was. The filter is no such part, so typing is never disturbed. Without
 * JavaScript the Refresh link does the same.
 */
export const script = trusted(`
setInterval(async () => {
  if (document.hidden) return;
  try {
    const text = await (await fetch(location.href)).text();
    const next = new DOMParser().parseFromString(text, 'text/html');
    if (!next.body.dataset.version || next.body.dataset.version === document.body.dataset.version) return;
    document.body.dataset.version = next.body.dataset.version;
    document.title = next.title;
    const focused = document.activeElement?.id;
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = next.getElementById(part.id);
      if (!fresh) continue;
      for (const open of part.querySelectorAll('details[open]')) {
        const twin = fresh.querySelector('#' + CSS.escape(open.id));
        if (twin) twin.open = true;
      }
      part.replaceWith(document.adoptNode(fresh));
    }
    if (focused && document.activeElement === document.body) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  } catch {
    // The simulator is restarting: the next round tells.
  }
}, 2000);
`);
