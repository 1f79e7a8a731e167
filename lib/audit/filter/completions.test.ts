import { describe, expect, test } from 'vitest';
import { completions } from './completions';

const actions = [
  { name: 'scan.*', label: 'All of scan' },
  { name: 'scan.start', label: 'Started a scan' },
  { name: 'user.login', label: 'Signed in' },
];
const offered = (prefix: string) => {
  const { start, options } = completions(prefix, actions);
  return { replaced: prefix.slice(start), texts: options.map(({ text }) => text) };
};

describe('the query field completes', () => {
  test.each([
    ['', '', 'action:'],
    ['ac', 'ac', 'action:'],
    ['prod -ac', 'ac', 'action:'],
    ['action:', '', 'scan.*'],
    ['action:sc', 'sc', 'scan.start'],
    ['-action:scan.start,us', 'us', 'user.login'],
    ['action:login', 'login', 'user.login'],
    ['action:signed', 'signed', 'user.login'],
    ['result:f', 'f', 'failure'],
    ['actor:"ci bot" origin:a', 'a', 'api'],
    ['created:', '', '24h'],
  ])('%j: the text %j may become %j', (prefix, replaced, text) => {
    expect(offered(prefix).replaced).toBe(replaced);
    expect(offered(prefix).texts).toContain(text);
  });

  test.each(['actor:be', 'action:"scan"', '"two wor', 'action:"sc', 'word:x', '12', 'result:x'])(
    '%j: nothing is known',
    (prefix) => {
      expect(offered(prefix).texts).toEqual([]);
    },
  );
});
