import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ExportScope } from '@/components/audit/export-scope';

const textOf = (total: number | undefined) =>
  renderToStaticMarkup(
    createElement(ExportScope, { filter: {}, total, limit: 1_000_000, zone: 'UTC' }),
  ).replace(/<[^>]+>/g, ' ');

test('a file that cannot hold all that match says so before it is made, and what its name will say', () => {
  expect(textOf(1_000_000)).toContain('1,000,000 events match');
  expect(textOf(1_000_000)).not.toContain('newest');
  expect(textOf(1_000_001)).toContain('The file will hold the newest 1,000,000 events only');
  expect(textOf(1_000_001)).toContain('The name of the file will say that it was cut.');
  expect(textOf(undefined)).toContain('If more than 1,000,000 match, the file holds the newest of them');
});
