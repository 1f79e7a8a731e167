import type { Answer, Sight } from '@/lib/scans/checks/sight';
import { dayMs, later } from '@/prisma/demo/calendar';

/** How a site of the organization answers during a while. */
export type Site = {
  url: string;
  headers?: Readonly<Record<string, string>>;
  cookies?: readonly string[];
  protocol?: 'TLSv1.2' | 'TLSv1.3';
  certificateEnds?: Date;
  /** What plain http says; a site that is not encrypted at all is its own answer. */
  plain?: 'redirect' | 'page';
};

/** What a scan would have met there. The checks that judge it are the product's own. */
export function sightOf(site: Site, now: Date): Sight {
  const target = new URL(site.url);
  const page = answer(target, 200, {
    'content-type': ['text/html; charset=utf-8'],
    ...Object.fromEntries(Object.entries(site.headers ?? {}).map(([name, value]) => [name, [value]])),
    ...(site.cookies && { 'set-cookie': site.cookies }),
  });
  if (target.protocol === 'http:') {
    return { now, target, answers: [page], page, refusal: undefined, plain: undefined };
  }
  const ends = site.certificateEnds ?? later(now, 60 * dayMs);
  const certificate = {
    subject: target.hostname,
    issuer: 'Acme Issuing CA 2',
    names: [target.hostname],
    validFrom: later(ends, -90 * dayMs),
    validTo: ends,
    fingerprint256: '',
  };
  const secure = { ...page, tls: { protocol: site.protocol ?? 'TLSv1.3', certificate } };
  const plainUrl = new URL(site.url.replace('https:', 'http:'));
  const plain =
    site.plain === 'page' ? answer(plainUrl, 200, {}) : answer(plainUrl, 308, { location: [target.href] });
  return { now, target, answers: [secure], page: secure, refusal: undefined, plain };
}

function answer(url: URL, status: number, headers: Answer['headers']): Answer {
  return { url, status, headers, body: '', tls: undefined };
}

const hardened = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'content-security-policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
};
const { 'content-security-policy': _, ...withoutPolicy } = hardened;
const session = '__Host-session=1; Path=/; Secure; SameSite=Lax';

/** The public site: a policy came first, then the banner went. */
export const www = {
  atFirst: {
    url: 'https://www.acme.example/',
    headers: { ...withoutPolicy, server: 'nginx/1.24.0' },
    protocol: 'TLSv1.2',
  },
  withPolicy: { url: 'https://www.acme.example/', headers: { ...hardened, server: 'nginx/1.24.0' } },
  inTheEnd: { url: 'https://www.acme.example/', headers: hardened },
} as const satisfies Record<string, Site>;

/** The portal: in order, until a release made its cookie readable by scripts. */
export const portal = {
  inOrder: {
    url: 'https://portal.acme.example/sign-in',
    headers: hardened,
    cookies: [`${session}; HttpOnly`],
  },
  afterRelease: {
    url: 'https://portal.acme.example/sign-in',
    headers: hardened,
    cookies: [session, 'theme=dark; Path=/'],
  },
} as const satisfies Record<string, Site>;

export const api = (certificateEnds: Date): Site => ({
  url: 'https://api.acme.example/status',
  headers: { ...hardened, server: 'envoy' },
  certificateEnds,
});

export const staging: Site = {
  url: 'https://staging.acme.example/',
  headers: { 'x-powered-by': 'Express', 'strict-transport-security': 'max-age=86400' },
  cookies: ['sid=1; Path=/; HttpOnly'],
  plain: 'page',
};

export const intranet: Site = {
  url: 'http://intranet.acme.example/',
  headers: { server: 'Apache/2.4.41 (Ubuntu)', 'x-powered-by': 'PHP/7.4.3' },
  cookies: ['PHPSESSID=1; path=/'],
};

export const blog: Site = {
  url: 'https://blog.acme.example/',
  headers: { server: 'cloudfront', 'x-content-type-options': 'nosniff' },
};
