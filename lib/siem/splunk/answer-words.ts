import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import { notNow, orElse, type Words, wrongToken, wrongUrl } from '@/lib/siem/splunk/words';

const http = ({ httpStatus }: Cause) => (httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`);
const code = ({ hecCode }: Cause) => (hecCode === undefined ? '' : ` (code ${hecCode})`);
const ours =
  'This is a mistake of ours. Report it with the code, and keep the events: they stay in the audit log.';

const rewrites = 'A proxy seems to rewrite our requests. Check what it does to the path and the query.';

/** What something at the address answered. */
export const answerWords = {
  ok: () => ({
    field: 'form',
    message: 'Connected. Splunk accepted the event.',
    hint: 'Splunk confirms receipt before indexing. If a search finds nothing after two minutes, the index may not exist.',
    retryable: false,
  }),
  acknowledgement_on: () => ({
    field: 'form',
    message: 'Connected. Splunk accepted the event.',
    hint: 'Indexer acknowledgement is on for this token. We recommend turning it off.',
    retryable: false,
  }),
  capacity_warning: () => ({
    field: 'form',
    message: 'Connected. Splunk accepted the event, but warns that its queue is filling up.',
    hint: 'Ask your Splunk admin to check the indexing queues.',
    retryable: false,
  }),
  compatible_receiver: () => ({
    field: 'form',
    message: 'Connected. The receiver accepted the event.',
    hint: 'It does not answer as Splunk does, so look for the event where it should arrive.',
    retryable: false,
  }),

  redirect: ({ detail }) =>
    wrongUrl(
      orElse(
        detail,
        'The address redirects to another page, so it is not an HTTP Event Collector',
        (host) => `The address redirects to ${host}, so it is not an HTTP Event Collector`,
      ),
      'Use the HEC address. On Splunk Cloud trials use port 8088.',
    ),
  html: ({ detail }, { host }) =>
    wrongUrl(
      orElse(
        detail,
        `${host} answered with a web page, so it is not an HTTP Event Collector`,
        (server) => `${host} answered with a web page from ${server}, so it is not an HTTP Event Collector`,
      ),
      'A proxy or Splunk Web is at this address. Use the HEC address, usually with port 8088 or 443.',
    ),
  not_hec: (_, { host }) =>
    wrongUrl(
      `${host} gave an answer that HEC does not give`,
      'Check host and port. HEC is usually on 8088 or 443.',
    ),
  not_found: ({ httpStatus = 404 }) =>
    wrongUrl(
      `No HTTP Event Collector at this address (${httpStatus})`,
      'Remove any path after the host name: enter only https://host:port.',
    ),
  blocked_by_proxy: (cause) =>
    wrongUrl(
      `Something in front of Splunk blocked us${http(cause)}`,
      'Check the IP allow list, firewall or proxy in front of Splunk.',
    ),
  proxy_authentication: () =>
    wrongUrl(
      'An outbound proxy rejected the request (HTTP 407)',
      'Ask your operator to let this server through.',
    ),

  token_missing: () =>
    wrongToken(
      'Splunk received no token',
      'A proxy may strip the Authorization header. Check it, then try again.',
    ),
  token_malformed: () =>
    wrongToken(
      'Splunk did not accept how the token was sent',
      'Paste only the token value, without the word Splunk.',
    ),
  token_unknown: () => ({
    ...wrongToken(
      'Splunk does not know this token',
      'Check that the token belongs to this Splunk environment. Behind a load balancer every indexer must have it.',
    ),
    retryable: true,
  }),
  token_disabled: () =>
    wrongToken(
      'This token is disabled in Splunk',
      'Settings > Data inputs > HTTP Event Collector > Enable. Also check Global Settings > All Tokens.',
    ),
  index_not_allowed: (_, { index, unnamed }) => ({
    field: 'index',
    message: unnamed
      ? 'The token may not write to the index of this integration'
      : index
        ? `The token may not write to index "${index}"`
        : 'The token may not write to its default index',
    hint: "Add the index to the token's allowed indexes, or leave Index empty. Names are lower-case.",
    retryable: false,
  }),
  channel_missing: () =>
    wrongToken(
      'This token requires indexer acknowledgement',
      'Turn acknowledgement off for this token, or use another. A proxy may also strip the X-Splunk-Request-Channel header.',
    ),
  channel_malformed: () =>
    wrongToken(
      'Splunk did not accept our channel for indexer acknowledgement',
      'Turn acknowledgement off for this token, or use another.',
    ),
  acknowledgement_off: (cause) =>
    wrongUrl(`HEC answered as if asked for acknowledgements${code(cause)}`, rewrites),
  query_token_off: (cause) => wrongUrl(`HEC saw a token in the query of the address${code(cause)}`, rewrites),

  no_data: () => ({
    field: 'form',
    message: 'Splunk found no event in our request (code 5)',
    hint: ours,
    retryable: false,
  }),
  event_refused: (cause) => ({
    field: 'form',
    message: `Splunk refused the format of an event${code(cause)}`,
    hint: ours,
    retryable: false,
  }),
  too_large: () =>
    wrongUrl(
      'Splunk or a proxy in front of it refuses a request of this size (HTTP 413)',
      'Raise the limit: max_content_length in limits.conf, or the body size of the proxy.',
    ),
  encoding_refused: (cause) =>
    wrongUrl(
      `Splunk or a proxy in front of it cannot read our request${http(cause)}`,
      'Check that nothing on the way changes the body or its Content-Encoding.',
    ),
  request_refused: (cause) =>
    wrongUrl(
      `The request was refused without a reason that we know${cause.hecCode === undefined ? http(cause) : code(cause)}`,
      'Check host and port, then the proxy in front of Splunk.',
    ),

  request_timeout: () =>
    notNow('form', 'The other side gave up waiting for our request (HTTP 408)', 'Try again in a minute.'),
  busy: () =>
    notNow(
      'form',
      'Splunk is busy right now. Your settings may be fine.',
      'Try again in a minute. If it stays, ask your Splunk admin to check the indexing queues.',
    ),
  restarting: () =>
    notNow(
      'form',
      'Splunk is restarting, or the load balancer has no healthy backend',
      'Try again in a minute.',
    ),
  internal_error: (cause) =>
    notNow(
      'form',
      `Splunk reported an internal error${code(cause) || http(cause)}`,
      'Try again. If it stays, ask your Splunk admin to look for HttpInputDataHandler in splunkd.log.',
    ),
  not_implemented: () =>
    wrongUrl(
      'The address does not take events (HTTP 501)',
      'Check host and port. HEC is usually on 8088 or 443.',
    ),
} satisfies Partial<Record<CauseId, Words>>;
