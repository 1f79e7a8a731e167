import { expect, it } from 'vitest';
import { exposition, Meter } from '@/lib/metrics';

it('a counter adds up for each set of labels, and drops those that are gone', () => {
  const meter = new Meter('events_total', 'Events.');
  meter.add({ place: 'a' });
  meter.add({ place: 'a' }, 2);
  meter.add({ place: 'b' }, 5);
  expect(exposition([meter.family()])).toBe(
    '# HELP events_total Events.\n# TYPE events_total counter\nevents_total{place="a"} 3\nevents_total{place="b"} 5\n',
  );
  meter.retain('place', new Set(['b']));
  meter.retain('another', new Set());
  expect(meter.family().samples).toEqual([{ labels: { place: 'b' }, value: 5 }]);
});

it('a histogram counts each value in every bucket that reaches it', () => {
  const meter = new Meter('wait_seconds', 'Waiting.', [0.1, 1]);
  for (const value of [0.05, 0.1, 0.5, 7]) meter.add({}, value);
  expect(exposition([meter.family()])).toBe(
    [
      '# HELP wait_seconds Waiting.',
      '# TYPE wait_seconds histogram',
      'wait_seconds_bucket{le="0.1"} 2',
      'wait_seconds_bucket{le="1"} 3',
      'wait_seconds_bucket{le="+Inf"} 4',
      'wait_seconds_sum 7.65',
      'wait_seconds_count 4',
      '',
    ].join('\n'),
  );
});

it('a label cannot break out of its line', () => {
  const meter = new Meter('events_total', 'Events.');
  meter.add({ place: 'a"} 1\nforged_total{x="\\' });
  expect(exposition([meter.family()]).split('\n')[2]).toBe(
    'events_total{place="a\\"} 1\\nforged_total{x=\\"\\\\"} 1',
  );
});
