import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { networkPolicy } from '@/lib/net/network-policy';
import { parseWebAddress } from '@/lib/net/web-address';
import { displayName } from '@/lib/organization/display-name';
import { lockOrganization } from '@/lib/organization/lock';
import { scanTarget } from '@/lib/scans/lock';

/** Enough for every site of a large company; each may keep 200 runs. */
export const maxScans = 100;

const maxDescriptionLength = 1_000;

export type NewScan = {
  readonly name: string;
  /** An http or https address, as somebody typed it. */
  readonly targetUrl: string;
  /** May be empty. */
  readonly description: string;
};

/**
 * Adds a scan; nothing is fetched yet. Throws a UserError that names the field, or the limit of {@link maxScans}. Where the
 * target's name leads is judged each time it is connected to, not here.
 */
export async function createScan(source: AuditSource, input: NewScan): Promise<{ id: string }> {
  const name = parseName(input.name);
  const targetUrl = parseTarget(input.targetUrl);
  const description = parseDescription(input.description);
  const organizationId = source.organization.id;
  return withTransaction(async (tx) => {
    await requireRoom(tx, organizationId);
    const id = randomUUID();
    await tx.scan.create({
      data: { id, organizationId, name, targetUrl, description, createdByName: source.actor.name ?? '' },
    });
    recordAudit(tx, {
      ...source,
      action: 'scan.create',
      targets: scanTarget({ id, name }),
      metadata: { target_url: targetUrl },
    });
    return { id };
  });
}

/** Two that create a scan at once must not both find the last place free. */
async function requireRoom(tx: Tx, organizationId: string): Promise<void> {
  await lockOrganization(tx, organizationId);
  if ((await tx.scan.count({ where: { organizationId } })) >= maxScans) {
    throw new UserError(`An organization can have ${maxScans} scans.`, {
      hint: 'Delete one that you no longer need.',
    });
  }
}

function parseName(typed: string): string {
  const parsed = displayName('a name').safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new UserError(parsed.error.issues[0]?.message ?? 'Enter a name.', { field: 'name' });
}

function parseTarget(typed: string): string {
  const parsed = parseWebAddress(typed, {
    what: 'Target',
    example: 'https://www.example.com',
    policy: networkPolicy(),
    httpAllowed: true,
    queryAllowed: true,
  });
  if (!parsed.ok) throw new UserError(parsed.message, { field: 'targetUrl', hint: parsed.hint });
  return parsed.url.href;
}

function parseDescription(typed: string): string {
  const text = typed.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (text.length > maxDescriptionLength) {
    throw new UserError(
      `Description is longer than ${maxDescriptionLength.toLocaleString('en')} characters`,
      {
        field: 'description',
        hint: 'Shorten it.',
      },
    );
  }
  return text;
}
