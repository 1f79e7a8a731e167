import type { Answer } from '@/splunk/simulator/answer';

/** What an OpenTelemetry collector's HEC receiver says differently: `"OK"`, and a health body with spaces (hec.md §5.1). */
export function spokenByOtel(answer: Answer): Answer {
  const headers = { 'Content-Type': 'application/json' };
  if (answer.code === 0) return { ...answer, headers, body: '"OK"', code: null };
  if (answer.code === 17) return { ...answer, headers, body: '{"text": "HEC is healthy", "code": 17}' };
  return { ...answer, headers: { ...answer.headers, Server: 'otelcol' } };
}
