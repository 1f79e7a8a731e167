import { type Condition, wellCondition } from '@/splunk/simulator/condition';
import { describeFault, describeScope } from '@/splunk/simulator/faults/describe';
import type { ActiveFault } from '@/splunk/simulator/faults/plan';
import type { Instance } from '@/splunk/simulator/instance';
import { type Html, html } from '@/splunk/simulator/page/html';
import { type RehearsalName, rehearsalGroups, rehearsals } from '@/splunk/simulator/rehearsals';

/** What is in force now, each with a button that ends it. */
export function activeFaults({ faults, condition }: Instance): Html {
  const groups = byLabel(faults.list());
  const changes = conditionChanges(condition);
  const rows = [...groups.map(activeRow), ...(changes.length > 0 ? [conditionRow(changes)] : [])];
  if (rows.length === 0) {
    return html`<section class="card" id="active" data-live aria-labelledby="active-title">
      <div class="heading"><h2 id="active-title">No fault is active</h2>
      <span class="chip ok">✓ Splunk does as it should</span></div></section>`;
  }
  const title = rows.length === 1 ? 'A fault is active' : `${rows.length} faults are active`;
  return html`<section class="card alert" id="active" data-live aria-labelledby="active-title">
    <div class="heading"><h2 id="active-title">${title}</h2>
      <form method="post" action="/simulator/heal"><button class="primary" id="heal">${rows.length === 1 ? 'Clear it' : 'Clear all of them'}</button></form></div>
    <ul class="rows">${rows}</ul></section>`;
}

/** The buttons that put a fault in force: a plain form, one button each. */
export function rehearseCard({ faults }: Instance, secure: boolean): Html {
  const active = new Set(faults.list().map(({ scope }) => scope.label));
  const groups = rehearsalGroups.filter((group) => secure || !('needsTls' in group));
  return html`<section class="card" aria-labelledby="rehearse-title">
    <form method="post" action="/simulator/rehearse">
      <div class="heading"><h2 id="rehearse-title">Rehearse a fault</h2>
        <label class="inline">for <select name="times" id="times">
          <option value="">every request, until cleared</option>
          <option value="1">the next request</option>
          <option value="10">the next 10 requests</option>
        </select></label></div>
      <div class="groups" id="rehearsals" data-live>${groups.map(
        ({ title, names }) => html`<div role="group" aria-label="${title}"><h3>${title}</h3>
        ${names.map((name) => rehearsalButton(name, active.has(rehearsals[name].label)))}</div>`,
      )}</div>
    </form></section>`;
}

function rehearsalButton(name: RehearsalName, isActive: boolean): Html {
  const { label, says } = rehearsals[name];
  const active = isActive ? html` <span class="chip warn">! Active</span>` : null;
  return html`<button class="rehearsal" id="rehearse-${name}" name="name" value="${name}">
    <span><strong>${label}</strong>${active}</span><small>${says}</small></button>`;
}

function activeRow([label, group]: readonly [string, readonly ActiveFault[]]): Html {
  const used = group.reduce((sum, fault) => sum + fault.used, 0);
  const [first] = group;
  const words = group.length === 1 && first ? wordsFor(first) : `${group.length} faults by chance`;
  return html`<li class="row fault">
    <span class="chip warn">! Active</span>
    <span><strong>${label}</strong> <span class="aside">${words}; struck ${used === 1 ? 'once' : `${used} times`}</span></span>
    <form method="post" action="/simulator/heal">${group.map(({ id }) => html`<input type="hidden" name="id" value="${id}">`)}
      <button id="heal-${first?.id}" aria-label="Clear ${label}">Clear</button></form>
  </li>`;
}

function wordsFor({ fault, scope }: ActiveFault): string {
  return [describeFault(fault), describeScope(scope)].filter(Boolean).join('; ');
}

function conditionRow(changes: readonly string[]): Html {
  return html`<li class="row fault"><span class="chip warn">! Active</span>
    <span><strong>Condition</strong> <span class="aside">${changes.join(', ')}</span></span><span></span></li>`;
}

function conditionChanges(condition: Condition): readonly string[] {
  const well = new Map<string, unknown>(Object.entries(wellCondition));
  return Object.entries(condition)
    .filter(([name, value]) => well.get(name) !== value)
    .map(([name, value]) => `${name} ${value}`);
}

/** Faults that were injected together stand in one row and are cleared together. */
function byLabel(active: readonly ActiveFault[]): readonly (readonly [string, readonly ActiveFault[]])[] {
  const groups = new Map<string, ActiveFault[]>();
  for (const fault of active) {
    const label = fault.scope.label ?? `Fault ${fault.id}`;
    groups.set(label, [...(groups.get(label) ?? []), fault]);
  }
  return [...groups];
}
