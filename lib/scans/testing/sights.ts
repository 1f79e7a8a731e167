import type { ServerCertificate } from '@/lib/net/server-certificate';
import type { Answer, Sight } from '@/lib/scans/checks/sight';

export const now = new Date('2026-11-24T12:00:00Z');

/** A certificate that ends this many days from {@link now}. */
export function certificateFor(days: number): ServerCertificate {
  return {
    subject: 'www.example.com',
    issuer: 'Example CA',
    names: ['www.example.com', 'example.com'],
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validTo: new Date(now.getTime() + days * 86_400_000 + 1_000),
    fingerprint256: 'AB:CD',
  };
}

type Headers = Record<string, string | string[]>;

export function answerWith(headers: Headers = {}, more: Partial<Answer> & { address?: string } = {}): Answer {
  const { address = 'https://www.example.com/', ...rest } = more;
  const url = new URL(address);
  return {
    url,
    status: 200,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()])),
    body: '',
    tls: url.protocol === 'https:' ? { protocol: 'TLSv1.3', certificate: certificateFor(300) } : undefined,
    ...rest,
  };
}

/** What a target shows that answers at once with this page. */
export function sightOf(page: Answer | undefined, more: Partial<Sight> = {}): Sight {
  return {
    now,
    target: page?.url ?? new URL('https://www.example.com/'),
    answers: page ? [page] : [],
    page,
    refusal: undefined,
    plain: undefined,
    ...more,
  };
}
