import type { Fault } from '@/splunk/simulator/faults/fault';
import type { Scope } from '@/splunk/simulator/faults/scope';
import type { ScriptedAnswer } from '@/splunk/simulator/scripted-answers';

/** A fault in the words of the journal and the page: its name, then what was chosen. */
export function describeFault(fault: Fault): string {
  if (fault.kind === 'answer') return describeScript(fault);
  const { kind, ...settings } = fault;
  const unsaid: readonly unknown[] = [undefined, false, 'seconds'];
  const chosen = Object.entries(settings).filter(([, value]) => !unsaid.includes(value));
  const words = chosen.map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : value}`);
  return [kind, ...words].join(', ');
}

/** Where and how often it strikes; empty for a fault without limits. */
export function describeScope({ where = {}, times, probability, window }: Scope): string {
  const { events, ...places } = where;
  const parts = [
    ...Object.entries(places).map(([name, value]) => value !== undefined && `${name} ${value}`),
    ...Object.entries(events ?? {}).map(
      ([name, value]) => value !== undefined && `events by ${name} ${value}`,
    ),
    times !== undefined && (times === 1 ? 'once' : `${times} times`),
    probability !== undefined && `with probability ${probability}`,
    window !== undefined && `from ${window.fromMs} to ${window.untilMs} ms`,
  ];
  return parts.filter(Boolean).join(', ');
}

function describeScript(script: ScriptedAnswer): string {
  const { delayMs } = script;
  const parts = [
    script.store && 'stored',
    delayMs !== undefined && (Number.isFinite(delayMs) ? `wait ${delayMs} ms` : 'hang'),
    script.destroy && `reset ${script.destroy} reading`,
    script.status !== undefined && `answer ${script.status}`,
  ];
  return parts.filter(Boolean).join(', ');
}
