import { expect, test } from 'vitest';
import { GET } from '@/app/api/v1/siem/route';
import { getSiemStatusSpec } from '@/lib/api/endpoints/siem';
import { bearer, keyWith } from '@/lib/api/testing/keys';
import { act, setStage, skipWait } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';

useDatabase();

test('says how far each stream is and what is in its way, and neither address nor token', async () => {
  const { source, id, splunk, drain } = await setStage();
  const other = await setStage();
  await drain();
  splunk.answerNext({ status: 403, body: { text: 'Invalid token', code: 4 } });
  await act(source, 2);
  await drain();

  const key = await keyWith(source, 'siem:read');
  const request = new Request('http://localhost:3000/api/v1/siem', { headers: bearer(key) });
  const response = await GET(request, { params: Promise.resolve({}) });
  const text = await response.text();
  const { data } = getSiemStatusSpec.answer.parse(JSON.parse(text));
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({
    id,
    state: expect.stringMatching(/^(degraded|blocked)$/),
    waiting: expect.stringMatching(/^[1-9]\d*$/),
    last_delivered: { action: 'siem.integration.create' },
    unaccounted: null,
    last_error: { standing: true, cause: 'token_unknown', http_status: 403, hec_code: 4 },
  });
  expect(text).not.toContain(other.id);
  expect(text).not.toContain(splunk.token.slice(-4));
  expect(text).not.toContain(new URL(splunk.url).host);
});

test('a cause that names the host is told without it', async () => {
  const { source, id, splunk, drain } = await setStage();
  const { hostname } = new URL(splunk.url);
  await splunk.close();
  await drain();
  await skipWait(id);
  await drain();
  const key = await keyWith(source, 'siem:read');
  const request = new Request('http://localhost:3000/api/v1/siem', { headers: bearer(key) });
  const text = await (await GET(request, { params: Promise.resolve({}) })).text();
  expect(text).toContain('The Splunk server refused the connection');
  expect(text).not.toContain(hostname);
});
