import {
  type AuditFilter,
  type Created,
  type FilterKey,
  filterKeys,
  filterLimits,
  type Match,
} from './audit-filter';
import { checkValue } from './values';

/** A hostile address holds thousands of faults; nobody reads more of them than these. */
const maxNotices = 20;

/** A filter while it is read, part by part, from an address or from a query, with what could not be understood. */
export class FilterDraft {
  private readonly values = new Map<string, string[]>();
  private readonly told = new Set<string>();
  private created: Created | undefined;

  /** What there is to tell so far, each once. */
  get notices(): string[] {
    const all = [...this.told];
    const rest = all.length - maxNotices;
    return rest > 0 ? [...all.slice(0, maxNotices), `… and ${rest} more of this kind.`] : all;
  }

  tell(notice: string): void {
    this.told.add(notice);
  }

  /** Adds a value after checking it. An empty one means that nothing was chosen. */
  add(key: FilterKey, not: boolean, given: string): void {
    if (given.trim() === '') return;
    const checked = checkValue(key, given);
    const values = this.valuesOf(key, not);
    if ('notice' in checked) this.tell(checked.notice);
    else if (!values.includes(checked.value)) values.push(checked.value);
  }

  /** Sets the range of times; `text` is how it was written. */
  setCreated(created: Created, text: string): void {
    if (this.created) this.tell(`Only one range of times can be asked for. “${text}” was left out.`);
    else this.created = created;
  }

  /** The filter, cut to {@link filterLimits}, which is told. */
  finish(): AuditFilter {
    const room = { clauses: filterLimits.clauses, values: filterLimits.values };
    const filter: { -readonly [Key in keyof AuditFilter]: AuditFilter[Key] } = {};
    for (const key of filterKeys) {
      const match: Match = { is: this.keep(key, false, room), not: this.keep(key, true, room) };
      if (match.is.length + match.not.length > 0) filter[key] = match;
    }
    if (this.created && room.clauses > 0) filter.created = this.created;
    else if (this.created) this.tellLimit();
    return filter;
  }

  private keep(key: FilterKey, not: boolean, room: { clauses: number; values: number }): string[] {
    const kept: string[] = [];
    for (const value of this.valuesOf(key, not)) {
      const opens = key === 'text' || kept.length === 0;
      if (room.values === 0 || (opens && room.clauses === 0)) {
        this.tellLimit();
        break;
      }
      if (opens) room.clauses -= 1;
      room.values -= 1;
      kept.push(value);
    }
    return kept;
  }

  private tellLimit(): void {
    const { clauses, values } = filterLimits;
    this.tell(`A filter has at most ${clauses} parts with ${values} values in all. The rest was left out.`);
  }

  private valuesOf(key: FilterKey, not: boolean): string[] {
    const place = `${not ? '-' : ''}${key}`;
    const values = this.values.get(place) ?? [];
    this.values.set(place, values);
    return values;
  }
}
