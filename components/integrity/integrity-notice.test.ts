import { expect, test } from 'vitest';
import { IntegrityNotice } from '@/components/integrity/integrity-notice';
import { integrityOutcomes } from '@/components/integrity/paths';

test('what changed nothing is told, and not as a success', () => {
  const tones = integrityOutcomes.map((done) => [done, IntegrityNotice({ done }).props.tone]);
  expect(Object.fromEntries(tones)).toEqual({
    started: 'ok',
    cancelled: 'ok',
    signed: 'ok',
    covered: 'info',
  });
});
