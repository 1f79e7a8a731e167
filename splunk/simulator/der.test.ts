import { expect, test } from 'vitest';
import { integer } from './der';

test.each([
  [[0], '020100'],
  [[0, 0], '020100'],
  [[1], '020101'],
  [[0x7f], '02017f'],
  [[0x80], '02020080'],
  [[0, 0x12, 0x34], '02021234'],
  [[0, 0, 0x80, 0], '0203008000'],
])('the integer %j is encoded in the shortest form, as DER demands', (bytes, hex) => {
  expect(integer(Uint8Array.from(bytes)).toString('hex')).toBe(hex);
});
