import type { z } from 'zod';

export type AuditGroup = 'User' | 'Organization' | 'Scan' | 'Other';

export type TargetType =
  | 'user'
  | 'invitation'
  | 'authentication_method'
  | 'identity_provider'
  | 'scan'
  | 'api_key'
  | 'siem_integration'
  | 'audit_export'
  | 'audit_log';

/** How Splunk's Common Information Model sees an event (hec.md §5.3). Null: kept out of the data models. */
export type CimMapping = {
  model: 'Authentication' | 'Change';
  dataset: 'Authentication' | 'Account_Management' | 'All_Changes';
  action: string;
  changeType?: 'AAA' | 'scan' | 'siem';
  objectCategory?: string;
} | null;

/** OCSF class and activity in released schemas up to 1.8 (hec.md §5.3). */
export type OcsfMapping = { classUid: 3001 | 3002 | 3004 | 3005 | 6003 | 6007; activityId: number };

export type CatalogEntry<Metadata extends z.ZodType = z.ZodType> = {
  group: AuditGroup;
  /** Short past tense for a table row: "Changed a member's role". */
  label: string;
  /** What the actor did, with {target} where the target's name goes: "changed the role of {target}". */
  phrase: string;
  /** The specification's own words for an event of the seeds. */
  description: string;
  target: TargetType;
  /** True for what the specification does not list but a secure console must record. */
  extension?: true;
  /** Closed: a key that is not here cannot be recorded, so no object is ever dumped into the log. */
  metadata: Metadata;
  cim: CimMapping;
  ocsf: OcsfMapping;
};

/** Keeps each entry's own metadata type while checking its shape. */
export function entry<Metadata extends z.ZodType>(value: CatalogEntry<Metadata>): CatalogEntry<Metadata> {
  return value;
}

/** A change to a thing other than an account, in CIM's terms. */
export function change(
  action: string,
  objectCategory: string,
  changeType: 'AAA' | 'scan' | 'siem' = 'AAA',
): NonNullable<CimMapping> {
  return { model: 'Change', dataset: 'All_Changes', action, changeType, objectCategory };
}
