import { describe, expect, it } from 'vitest';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { countEarlier, parseStartPoint } from '@/lib/siem/integrations/start-point';
import { act, recordsOf, streamRow } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { until } from '@/test/until';

useDatabase();

const day = (text: string) => ({ start: 'date', day: text }) as const;

describe('a day that is typed', () => {
  it('begins in the zone of whoever typed it', () => {
    expect(parseStartPoint(day('2026-03-01'), 'Asia/Tokyo')).toEqual(new Date('2026-02-28T15:00:00Z'));
    expect(parseStartPoint({ start: 'beginning', day: '' }, 'UTC')).toBe('beginning');
  });

  it.each(['', 'yesterday', '2026-02-30', '2999-01-01'])('%j is refused at its field', (text) => {
    expect(() => parseStartPoint(day(text), 'UTC')).toThrow(RefusedError);
  });
});

it('the number told beforehand is the number of earlier events that are sent', async () => {
  const source = await createOrganization();
  await act(source, 2);
  // Times have milliseconds; two commits within one would be no boundary.
  const { time } = (await recordsOf(source)).at(-1);
  await until(() => expect(Date.now()).toBeGreaterThan(Date.parse(time)));
  const boundary = new Date();
  await act(source, 3);
  const { id } = source.organization;
  expect(await countEarlier(id, 'beginning')).toEqual({ events: 5, firstAt: expect.any(String) });
  expect(await countEarlier(id, 'now')).toEqual({ events: 0, firstAt: null });
  expect(await countEarlier(id, boundary)).toMatchObject({ events: 3 });

  const settings = { hecUrl: 'https://splunk.example.com:8088', hecToken: 'token-0123456789', index: '' };
  const added = await createIntegration(source, { ...settings, startFrom: boundary });
  expect((await streamRow(added.id)).startSeq).toBe(2n);
});
