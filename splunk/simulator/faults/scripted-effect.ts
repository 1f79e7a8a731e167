import { type Answer, jsonContentType, splunkHeaders } from '@/splunk/simulator/answer';
import type { Effect } from '@/splunk/simulator/faults/effect';
import type { ScriptedAnswer } from '@/splunk/simulator/scripted-answers';

/** A scripted answer as an effect. Without a status and a reset the honest answer goes out, after the delay. */
export function scriptedEffect(script: ScriptedAnswer): Effect {
  const { status, destroy, store, delayMs = 0 } = script;
  if (destroy === 'before') return { reset: 'beforeRead' };
  const honestOnly = status === undefined && destroy === undefined;
  return {
    delayMs,
    ...(destroy === 'after' && { reset: 'afterRead' }),
    ...(!store && { events: honestOnly ? 'late' : 'discarded' }),
    ...(status !== undefined && { answer: () => scripted(status, script) }),
  };
}

function scripted(status: number, { headers, body = '' }: ScriptedAnswer): Answer {
  if (typeof body === 'string') {
    const contentType = body.trimStart().startsWith('<') ? 'text/html; charset=UTF-8' : 'text/plain';
    return { status, headers: { 'Content-Type': contentType, ...headers }, body, code: null, close: false };
  }
  return {
    status,
    headers: { ...splunkHeaders, 'Content-Type': jsonContentType, ...headers },
    body: JSON.stringify(body),
    code: typeof body.code === 'number' ? body.code : null,
    close: false,
  };
}
