import { describeFault, describeScope } from '@/splunk/simulator/faults/describe';
import type { ActiveFault } from '@/splunk/simulator/faults/plan';
import type { Instance } from '@/splunk/simulator/instance';
import { chip } from '@/splunk/simulator/page/chip';
import { type Html, html } from '@/splunk/simulator/page/html';
import { type RehearsalName, rehearsalGroups, rehearsals } from '@/splunk/simulator/rehearsals';

/** What is in force now, each with a button that ends it; below, the buttons that put a fault in force. */
export function faultsCard(instance: Instance, secure: boolean): Html {
  return html`<section class="card" aria-labelledby="active-title">
    ${active(instance)}
    ${rehearse(instance, secure)}
  </section>`;
}

function active(instance: Instance): Html {
  const changes = conditionChanges(instance);
  const rows = [
    ...byLabel(instance.faults.list()).map(activeRow),
    ...(changes.length > 0 ? [conditionRow(changes)] : []),
  ];
  if (rows.length === 0) {
    return html`<div id="active" data-live><div class="heading"><h2 id="active-title">No fault is active</h2>
      ${chip('ok', 'Splunk does as it should')}</div></div>`;
  }
  const [title, button] =
    rows.length === 1
      ? ['A fault is active', 'Clear it']
      : [`${rows.length} faults are active`, 'Clear them all'];
  return html`<div id="active" data-live><div class="heading alert"><h2 id="active-title">${title}</h2>
      <form method="post" action="/simulator/heal"><button class="primary" id="heal">${button}</button></form></div>
    <ul class="rows">${rows}</ul></div>`;
}

/** A plain form, one button for each fault. */
function rehearse({ faults }: Instance, secure: boolean): Html {
  const inForce = new Set(faults.list().map(({ scope }) => scope.label));
  const groups = rehearsalGroups.filter((group) => secure || !('needsTls' in group));
  return html`<details id="rehearse"${inForce.size > 0 && html` open`}>
    <summary class="note" id="rehearse-line"><span>Rehearse a fault</span></summary>
    <form method="post" action="/simulator/rehearse">
      <label class="inline">For <select name="times" id="times">
        <option value="">every request, until cleared</option>
        <option value="1">the next request</option>
        <option value="10">the next 10 requests</option>
      </select></label>
      <div class="groups" id="rehearsals" data-live>${groups.map(
        ({ title, names }) => html`<div role="group" aria-label="${title}"><h3>${title}</h3>
        ${names.map((name) => rehearsalButton(name, inForce.has(rehearsals[name].label)))}</div>`,
      )}</div>
    </form></details>`;
}

function rehearsalButton(name: RehearsalName, isActive: boolean): Html {
  const { label, says } = rehearsals[name];
  const active = isActive ? html` ${chip('warn', 'Active')}` : null;
  return html`<button class="rehearsal" id="rehearse-${name}" name="name" value="${name}">
    <span><strong>${label}</strong>${active}</span><small>${says}</small></button>`;
}

function activeRow([label, group]: readonly [string, readonly ActiveFault[]]): Html {
  const used = group.reduce((sum, fault) => sum + fault.used, 0);
  const [first] = group;
  const words = group.length === 1 && first ? wordsFor(first) : `${group.length} faults by chance`;
  const often = used === 0 ? 'not struck yet' : used === 1 ? 'struck once' : `struck ${used} times`;
  return html`<li class="row fault">
    ${chip('warn', 'Active')}
    <span><strong>${label}</strong> <code>${words}</code> <span class="aside">${often}</span></span>
    <form method="post" action="/simulator/heal">${group.map(({ id }) => html`<input type="hidden" name="id" value="${id}">`)}
      <button id="heal-${first?.id}" aria-label="Clear ${label}">Clear</button></form>
  </li>`;
}

function wordsFor({ fault, scope }: ActiveFault): string {
  return [describeFault(fault), describeScope(scope)].filter(Boolean).join('; ');
}

function conditionRow(changes: readonly string[]): Html {
  return html`<li class="row fault">${chip('warn', 'Active')}
    <span><strong>Condition</strong> <span class="aside">${changes.join(', ')}</span></span><span></span></li>`;
}

function conditionChanges({ condition, usualCondition }: Instance): readonly string[] {
  const usual = new Map<string, unknown>(Object.entries(usualCondition));
  return Object.entries(condition)
    .filter(([name, value]) => usual.get(name) !== value)
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
