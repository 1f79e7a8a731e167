import { answering, hec, page, type Row, splunk } from '@/lib/siem/testing/diagnosis';

/** The rows of hec.md §4.2 in which something answers. */
export const answerRows: Row[] = [
  ...[301, 302, 303, 307, 308].map(
    (status): Row => ({
      row: 17,
      stage: answering({ status, headers: { Location: 'https://sso.acme.io/login?token=1' }, body: '' }),
      message: /^The address redirects to sso\.acme\.io, so it is not an HTTP Event Collector$/,
      cure: /8088/,
      field: 'hecUrl',
      failed: 'HEC',
    }),
  ),
  ...[200, 400, 500].map(
    (status): Row => ({
      row: 18,
      stage: page(status, 'nginx/1.27'),
      message: /web page from nginx/,
      cure: /A proxy or Splunk Web/,
      field: 'hecUrl',
      failed: 'HEC',
    }),
  ),
  { row: 19, stage: page(407), message: /outbound proxy/, cure: /operator/, field: 'hecUrl', failed: 'HEC' },
  ...[404, 405].map(
    (status): Row => ({
      row: 20,
      stage: hec(status, 404),
      message: new RegExp(`^No HTTP Event Collector at this address \\(${status}\\)$`),
      cure: /only https:\/\/host:port/,
      field: 'hecUrl',
      failed: 'HEC',
    }),
  ),
  {
    row: 21,
    stage: hec(401, 2),
    message: /^Splunk received no token$/,
    cure: /Authorization/,
    field: 'hecToken',
    failed: 'Token',
  },
  {
    row: 22,
    stage: hec(401, 3),
    message: /how the token was sent$/,
    cure: /only the token value/,
    field: 'hecToken',
    failed: 'Token',
  },
  {
    row: 23,
    stage: () => splunk(() => ({ token: '00000000-0000-0000-0000-000000000000' })),
    message: /^Splunk does not know this token$/,
    cure: /every indexer/,
    field: 'hecToken',
    failed: 'Token',
  },
  {
    row: 24,
    stage: () =>
      splunk((running) => {
        running.disableToken(running.token);
        return undefined;
      }),
    message: /^This token is disabled in Splunk$/,
    cure: /Enable/,
    field: 'hecToken',
    failed: 'Token',
  },
  ...[401, 403].map(
    (status): Row => ({
      row: 25,
      stage: page(status),
      message: new RegExp(`blocked us \\(HTTP ${status}\\)$`),
      cure: /allow list/,
      field: 'hecUrl',
      failed: 'HEC',
    }),
  ),
  {
    row: 26,
    stage: () => splunk(() => ({ index: 'payroll' })),
    message: /^The token may not write to index "payroll"$/,
    cure: /allowed indexes/,
    field: 'index',
    failed: 'Index',
  },
  ...[10, 28].map(
    (code): Row => ({
      row: 27,
      stage: hec(400, code),
      message: /requires indexer acknowledgement$/,
      cure: /X-Splunk-Request-Channel/,
      field: 'hecToken',
      failed: 'Token',
    }),
  ),
  ...[6, 12, 13, 15].map(
    (code): Row => ({
      row: 28,
      stage: hec(400, code, { 'invalid-event-number': 0 }),
      message: new RegExp(`refused the format of an event \\(code ${code}\\)$`),
      cure: /mistake of ours/,
      field: 'form',
      failed: 'Index',
    }),
  ),
  {
    row: 29,
    stage: page(413),
    message: /size \(HTTP 413\)$/,
    cure: /max_content_length/,
    field: 'hecUrl',
    failed: 'HEC',
  },
  ...(
    [
      [429, 26],
      [429, 27],
      [503, 9],
      [503, 18],
      [503, 20],
    ] as const
  ).map(
    ([status, code]): Row => ({
      row: 30,
      stage: hec(status, code),
      message: /busy right now/,
      cure: /indexing queues/,
      field: 'form',
      failed: 'HEC',
    }),
  ),
  ...[hec(503, 23), page(502), page(504)].map(
    (stage): Row => ({
      row: 31,
      stage,
      message: /restarting, or the load balancer/,
      cure: /in a minute/,
      field: 'form',
      failed: 'HEC',
    }),
  ),
  {
    row: 32,
    stage: hec(500, 8),
    message: /internal error \(code 8\)$/,
    cure: /HttpInputDataHandler/,
    field: 'form',
    failed: 'HEC',
  },
  ...[24, 25].map(
    (code): Row => ({
      row: 33,
      stage: hec(200, code),
      message: /^Connected\..*queue is filling up\.$/,
      cure: /queues/,
    }),
  ),
  {
    row: 35,
    stage: hec(200, 0, { ackId: 0 }),
    message: /^Connected\./,
    cure: /acknowledgement is on/,
  },
];
