import type { Answer } from '@/splunk/simulator/answer';

type PageOptions = { readonly headers?: Readonly<Record<string, string>>; readonly text?: string };

/** An HTML page of something that is not splunkd: a balancer, a proxy, a sign-in form. */
export function webPage(status: number, title: string, options: PageOptions = {}): Answer {
  const { headers = {}, text = title } = options;
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
    body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${text}</h1></body></html>\n`,
    code: null,
    close: false,
  };
}

/** Splunk Web's own sign-in page, which answers 200 to anything. */
export function signInPage(): Answer {
  return webPage(200, 'Sign in | Splunk', { headers: { Server: 'Splunkd' }, text: 'Sign in' });
}

const gatewayTitles = { 502: '502 Bad Gateway', 503: '503 Service Unavailable', 504: '504 Gateway Timeout' };

export function gatewayPage(status: 502 | 503 | 504, headers: Readonly<Record<string, string>>): Answer {
  return webPage(status, gatewayTitles[status], { headers: { Server: 'awselb/2.0', ...headers } });
}
