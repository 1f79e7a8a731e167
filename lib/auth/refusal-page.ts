import { NextResponse } from 'next/server';

const style = `
  :root { color-scheme: light dark }
  body { margin: 15vh auto; max-width: 32rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif;
         background: light-dark(#f7f7f5, #0e1214); color: light-dark(#1b1b19, #e7ebec) }
  h1 { font-size: 1.4rem; margin: 0 0 .5rem }
`;

/** Requests that never reach the application, each with its status and its words. */
const refusals = {
  method: [405, 'Not possible', 'A page can only be opened, or sent a form.'],
  origin: [
    403,
    'Not from here',
    'This form was not sent by a page of Tracekeep, so nothing was done. Open the page again and repeat what you did.',
  ],
  length: [
    413,
    'Too long',
    'What was sent is longer than 1 MB, the limit for one form, so nothing was done. Go back: what you typed is still there.',
  ],
  damage: [
    400,
    'Damaged on the way',
    'What was sent could not be read, so nothing was done. Go back and send the form again.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type RefusalReason = keyof typeof refusals;

/** A small page of its own. Its texts are ours and hold no input. */
export function refusalPage(reason: RefusalReason, nonce: string): NextResponse {
  const [status, title, text] = refusals[reason];
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tracekeep</title>
<style nonce="${nonce}">${style}</style>
<main><h1>${title}</h1><p>${text}</p></main>
</html>
`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    ...(status === 405 && { allow: 'GET, HEAD, POST' }),
  };
  return new NextResponse(html, { status, headers });
}
