import { describe, expect, it } from 'vitest';
import { judgeObject } from '@/splunk/simulator/envelope';
import { Tokens } from '@/splunk/simulator/tokens';

const token = new Tokens([]).set({ value: 't', allowedIndexes: ['main'] });

function judge(object: string | Uint8Array, defaultIndex?: string): string | number {
  const judgement = judgeObject(Buffer.from(object), token, 1000, defaultIndex);
  return judgement.verdict === 'refuse' ? judgement.code : judgement.verdict;
}

describe('the checks of one object, the first failure winning (hec.md §6.3 rule 5)', () => {
  it.each<[string, string | Uint8Array, string | number]>([
    ['whitespace only is blank', '{"event":" \\n"}', 13],
    ['false, 0 and [] are events', '{"event":false}', 'accept'],
    ['a top-level string is no envelope', '"event"', 6],
    ['a nested array is no envelope', '[{"event":"a"}]', 6],
    ['invalid UTF-8', Buffer.from([...Buffer.from('{"event":"'), 0xff, ...Buffer.from('"}')]), 6],
    ['an object larger than the limit', JSON.stringify({ event: 'x'.repeat(1000) }), 6],
    ['an unknown key beats a null event', '{"event":null,"wat":1}', 'stop'],
    ['a null event beats nested fields', '{"event":null,"fields":{"a":{}}}', 6],
    ['a blank event beats a bad time', '{"event":"","time":"soon"}', 13],
    ['nested fields beat a bad index', '{"event":"a","fields":{"a":[[1]]},"index":"x"}', 15],
    ['null, numbers and booleans are flat', '{"event":"a","fields":{"a":null,"b":1,"c":true}}', 'accept'],
    ['an object in an array is not flat', '{"event":"a","fields":{"a":[{}]}}', 15],
    ['fields alone are skipped', '{"fields":{"a":1}}', 'skip'],
    ['fields alone that are a metric are accepted', '{"fields":{"metric_name:cpu":1}}', 'accept'],
    ['a number in a metadata key', '{"event":"a","host":5}', 6],
  ])('%s', (_case, object, expected) => {
    expect(judge(object)).toBe(expected);
  });

  it.each<[string, string | number]>([
    ['1752480000', 'accept'],
    ['1752480000.123', 'accept'],
    ['"1752480000"', 'accept'],
    ['1.75248e9', 15],
    ['"1.75248E9"', 15],
    ['"1752480000,123"', 15],
    ['true', 15],
    ['null', 15],
    ['""', 15],
    ['-1', 15],
  ])('time %s', (time, expected) => {
    expect(judge(`{"event":"a","time":${time}}`)).toBe(expected);
  });

  it('holds `?index=` against the allow-list when the object names no index', () => {
    expect(judge('{"event":"a"}', 'secret')).toBe(7);
    expect(judge('{"event":"a","index":"main"}', 'secret')).toBe('accept');
    expect(judge('{"event":"a"}')).toBe('accept');
  });
});
