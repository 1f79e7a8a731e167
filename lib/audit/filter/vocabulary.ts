import type { FilterKey } from './audit-filter';

/** The words that a query may use besides the names of actions. Plain data: the browser completes with it too. */

export const results = ['success', 'failure'] as const;
export const origins = ['console', 'api', 'scheduler', 'system'] as const;

/** The keys of the query; `text` is what stands there without a key. */
export const queryKeys: Readonly<Record<Exclude<FilterKey, 'text'> | 'created', string>> = {
  action: 'what happened, such as scan.start or scan.*',
  actor: 'who did it: an id, or the beginning of a name or an e-mail address',
  target: 'to what: an id, or the beginning of a name',
  result: 'success or failure',
  ip: 'from where: an address, or a range such as 203.0.113.0/24',
  origin: 'through what: console, api, scheduler or system',
  request: 'the id of one request',
  session: 'the id of one sign-in',
  created: 'when: 24h, 2026-11-01, 2026-11-01..2026-11-07 or >=2026-11-01T14:00',
};

/** What people call these keys elsewhere. Not understood, but understood enough to name the right one. */
export const otherNames: Readonly<Record<string, keyof typeof queryKeys>> = {
  event: 'action',
  type: 'action',
  user: 'actor',
  who: 'actor',
  by: 'actor',
  email: 'actor',
  object: 'target',
  resource: 'target',
  outcome: 'result',
  status: 'result',
  address: 'ip',
  source: 'origin',
  via: 'origin',
  request_id: 'request',
  session_id: 'session',
  time: 'created',
  date: 'created',
  range: 'created',
  when: 'created',
};
