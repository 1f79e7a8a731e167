import type { z } from 'zod';
import { auditLogEvents } from './catalog/audit-log';
import type { AuditGroup, CatalogEntry } from './catalog/entry';
import { organizationEvents } from './catalog/organization';
import { otherEvents } from './catalog/other';
import { scanEvents } from './catalog/scan';
import { userEvents } from './catalog/user';

/**
 * Every event that can be recorded: the 24 of the Xint specification, version 1, whose names never change, and our
 * extensions. The writer's types, filters, labels and documentation derive from this list; nothing else lists events.
 */
export const catalog = {
  ...userEvents,
  ...organizationEvents,
  ...scanEvents,
  ...otherEvents,
  ...auditLogEvents,
};

export type AuditAction = keyof typeof catalog;
export type AuditMetadata<A extends AuditAction> = z.infer<(typeof catalog)[A]['metadata']>;

/** The actions in the catalogue's order. */
export const auditActions = Object.keys(catalog).filter(isAuditAction);

export function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(catalog, name);
}

/** The entry of an action, without its metadata's own type; undefined for a name of another version. */
export function catalogEntry(name: string): CatalogEntry | undefined {
  return isAuditAction(name) ? catalog[name] : undefined;
}

/** The actions of each group in the catalogue's order, for grouped choices. */
export function actionsByGroup(): [AuditGroup, AuditAction[]][] {
  const groups: AuditGroup[] = ['User', 'Organization', 'Scan', 'Other'];
  return groups.map((group) => [group, auditActions.filter((action) => catalog[action].group === group)]);
}
