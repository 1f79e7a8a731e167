import { describe, expect, it } from 'vitest';
import type { HecReply } from '@/lib/siem/splunk/reply';
import { failure, hecReply, htmlReply, plainReply } from '@/lib/siem/splunk/testing/replies';
import { target, told } from '@/lib/siem/splunk/testing/told';

const location = 'https://sso.acme.io/login';

/** Row of hec.md §4.2, what came back, field, message, a word of the cure, whether waiting may help. */
const rows: readonly [number, HecReply, string, string, RegExp, boolean][] = [
  [
    17,
    { ...plainReply(302), location },
    'hecUrl',
    'The address redirects to sso.acme.io, so it is not an HTTP Event Collector',
    /8088/,
    false,
  ],
  [
    17,
    plainReply(302),
    'hecUrl',
    'The address redirects to another page, so it is not an HTTP Event Collector',
    /8088/,
    false,
  ],
  [
    18,
    htmlReply(200, 'nginx/1.2'),
    'hecUrl',
    'splunk.acme.io answered with a web page from nginx, so it is not an HTTP Event Collector',
    /proxy/,
    false,
  ],
  [
    18,
    htmlReply(200),
    'hecUrl',
    'splunk.acme.io answered with a web page, so it is not an HTTP Event Collector',
    /proxy/,
    false,
  ],
  [19, plainReply(407), 'hecUrl', 'An outbound proxy rejected the request (HTTP 407)', /operator/, false],
  [
    20,
    hecReply(404, 404),
    'hecUrl',
    'No HTTP Event Collector at this address (404)',
    /Remove any path/,
    false,
  ],
  [
    20,
    hecReply(405, 404),
    'hecUrl',
    'No HTTP Event Collector at this address (405)',
    /Remove any path/,
    false,
  ],
  [21, hecReply(401, 2), 'hecToken', 'Splunk received no token', /Authorization/, false],
  [
    22,
    hecReply(401, 3),
    'hecToken',
    'Splunk did not accept how the token was sent',
    /without the word Splunk/,
    false,
  ],
  [23, hecReply(403, 4), 'hecToken', 'Splunk does not know this token', /every indexer/, true],
  [24, hecReply(403, 1), 'hecToken', 'This token is disabled in Splunk', /Enable/, false],
  [25, htmlReply(403), 'hecUrl', 'Something in front of Splunk blocked us (HTTP 403)', /allow list/, false],
  [
    26,
    hecReply(400, 7, { n: 1 }),
    'index',
    'The token may not write to index "audit"',
    /allowed indexes/,
    false,
  ],
  [
    27,
    hecReply(400, 10),
    'hecToken',
    'This token requires indexer acknowledgement',
    /Turn acknowledgement off/,
    false,
  ],
  [
    27,
    hecReply(400, 28),
    'hecToken',
    'This token requires indexer acknowledgement',
    /Turn acknowledgement off/,
    false,
  ],
  [
    28,
    hecReply(400, 6, { n: 0 }),
    'form',
    'Splunk refused the format of an event (code 6)',
    /mistake of ours/,
    false,
  ],
  [
    29,
    htmlReply(413),
    'hecUrl',
    'Splunk or a proxy in front of it refuses a request of this size (HTTP 413)',
    /limit/,
    false,
  ],
  [30, hecReply(503, 9), 'form', 'Splunk is busy right now. Your settings may be fine.', /in a minute/, true],
  [
    30,
    hecReply(429, 26),
    'form',
    'Splunk is busy right now. Your settings may be fine.',
    /in a minute/,
    true,
  ],
  [30, hecReply(503, 18), 'form', 'Splunk is busy right now. Your settings may be fine.', /queues/, true],
  [
    31,
    hecReply(503, 23),
    'form',
    'Splunk is restarting, or the load balancer has no healthy backend',
    /in a minute/,
    true,
  ],
  [
    31,
    htmlReply(502),
    'form',
    'Splunk is restarting, or the load balancer has no healthy backend',
    /in a minute/,
    true,
  ],
  [32, hecReply(500, 8), 'form', 'Splunk reported an internal error (code 8)', /HttpInputDataHandler/, true],
  [
    33,
    hecReply(200, 24),
    'form',
    'Connected. Splunk accepted the event, but warns that its queue is filling up.',
    /queues/,
    false,
  ],
  [
    35,
    hecReply(200, 0, { ackId: 0 }),
    'form',
    'Connected. Splunk accepted the event.',
    /acknowledgement is on/,
    false,
  ],
];

describe('every row of hec.md §4.2 in which something answers has its own words, next to the field concerned', () => {
  it.each(rows)('row %i', (_row, reply, field, message, cure, retryable) => {
    expect(told(reply)).toEqual({ field, message, hint: expect.stringMatching(cure), retryable });
  });
});

describe('what the table leaves out', () => {
  it.each<[HecReply, string, RegExp]>([
    [failure('ERR_ADDRESS_REFUSED'), 'hecUrl', /private address/],
    [failure('ERR_ABORTED'), 'form', /interrupted/],
    [failure('EMFILE'), 'hecUrl', /EMFILE/],
    [failure('CERT_REVOKED'), 'hecUrl', /CERT_REVOKED/],
    [failure('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), 'hecUrl', /handshake/],
    [{ ...plainReply(200), bodyTruncated: 'cut' }, 'hecUrl', /broke off/],
    [plainReply(200), 'form', /receiver accepted/],
    [hecReply(200, 0), 'form', /Splunk accepted/],
    [plainReply(200, 'welcome'), 'hecUrl', /HEC does not give/],
    [hecReply(400, 5), 'form', /no event/],
    [hecReply(400, 11), 'hecToken', /channel/],
    [hecReply(400, 14), 'hecUrl', /code 14/],
    [hecReply(400, 16), 'hecUrl', /code 16/],
    [htmlReply(415), 'hecUrl', /HTTP 415/],
    [plainReply(418), 'hecUrl', /HTTP 418/],
    [plainReply(408), 'form', /HTTP 408/],
    [plainReply(501), 'hecUrl', /HTTP 501/],
  ])('%j', (reply, field, message) => {
    const diagnosis = told(reply);
    expect(diagnosis).toMatchObject({ field, message: expect.stringMatching(message) });
    expect(diagnosis.hint).not.toBe('');
  });

  it('code 7 without an index blames the default index of the token', () => {
    const { message } = told(hecReply(400, 7, { n: 1 }), { ...target, index: undefined });
    expect(message).toBe('The token may not write to its default index');
  });
});

it('refused addresses all sound alike, so that nobody can map a network with the test', () => {
  const words = [target, { ...target, host: '169.254.169.254' }, { ...target, host: '127.0.0.1' }];
  const messages = words.map((of) => told(failure('ERR_ADDRESS_REFUSED'), of));
  expect(new Set(messages.map((diagnosis) => JSON.stringify(diagnosis))).size).toBe(1);
});
