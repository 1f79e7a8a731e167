import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell, csvColumns, csvHead, csvLine } from '@/lib/audit-export/csv';
import { readCsv } from '@/lib/audit-export/testing/read-csv';

describe('a cell', () => {
  test.each([
    '=HYPERLINK("https://evil.example","OK")',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
  ])('that begins like a formula, such as %j, is text to a spreadsheet', (text) => {
    expect(readCsv(`${csvCell(text)}\r\n`)).toEqual([[`'${text}`]]);
  });

  test('of any other text is read as that very text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const line = `${texts.map(csvCell).join()}\r\n`;
        const [cells = []] = readCsv(line);
        expect(cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))).toEqual(texts);
      }),
    );
  });
});

test('a record that cannot be read is a line all the same, with what there is', () => {
  const line = csvLine({ seq: '7', hash: 'ab', previousHash: '', raw: '{"half' });
  const [head = [], cells = []] = readCsv(csvHead + line);
  expect(head).toEqual(csvColumns);
  expect(cells).toHaveLength(csvColumns.length);
  expect(cells.filter(Boolean)).toEqual(['7', '{"half', 'ab']);
});
