import { expect, test } from 'vitest';
import { defaultLogView, formatLogView, type LogView, parseLogView } from '@/lib/log-view';

test.each<LogView>([
  defaultLogView,
  { columns: [], compact: false, slash: false },
  { columns: ['ip', 'delivery'], compact: true, slash: false },
])('a view that was chosen comes back from its cookie: %j', (view) => {
  expect(parseLogView(formatLogView(view))).toEqual(view);
});

test.each([undefined, '', 7])('without a cookie (%j) the view is the default', (value) => {
  expect(parseLogView(value)).toEqual(defaultLogView);
});

test('a cookie that was tampered with shows known columns, each once and in their order', () => {
  expect(parseLogView('ip.<script>.target.ip.__proto__').columns).toEqual(['target', 'ip']);
});
