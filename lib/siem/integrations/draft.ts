import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deriveKey } from '@/lib/crypto/keys';
import { SealError, seal, unseal } from '@/lib/crypto/seal';
import { db } from '@/lib/db/client';
import { type Connection, lastFour } from '@/lib/siem/integrations/connection';

/** A draft opens for the person who typed it and for nobody else. */
export type DraftOwner = { readonly organizationId: string; readonly userId: string };

/** Long enough to mend something in Splunk between two tries (ux.md §2.3). */
const lifetimeMs = 15 * 60_000;

/**
 * Keeps a typed token sealed for 15 minutes, so that the page after a failed test need not hold it: the page gets the
 * draft's id and the last four characters. Also removes everybody's expired drafts.
 */
export async function saveDraft(
  { organizationId, userId }: DraftOwner,
  token: string,
): Promise<{ id: string; last4: string }> {
  const id = randomUUID();
  const now = Date.now();
  const last4 = lastFour(token);
  await db().siemDraft.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
  await db().siemDraft.create({
    data: {
      id,
      organizationId,
      userId,
      tokenSealed: seal(token, tokenPlace(id)),
      tokenLast4: last4,
      expiresAt: new Date(now + lifetimeMs),
    },
  });
  return { id, last4 };
}

/** The token of a draft; undefined when it has expired, is somebody else's, or the id is not one. For the server only. */
export async function readDraft(
  owner: DraftOwner,
  id: string,
): Promise<{ token: string; last4: string } | undefined> {
  const draft = await findDraft(owner, id);
  if (!draft) return undefined;
  try {
    return { token: unseal(draft.tokenSealed, tokenPlace(id)), last4: draft.tokenLast4 };
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** Remembers with the draft that this connection passed a test; another one replaces it. */
export async function markTested(owner: DraftOwner, id: string, connection: Connection): Promise<void> {
  if (!z.uuid().safeParse(id).success) return;
  await db().siemDraft.updateMany({
    where: { id, ...owner },
    data: { testedDigest: digest(owner, connection) },
  });
}

/** Whether exactly this address, token, index and trust passed a test within the draft's 15 minutes. */
export async function wasTested(owner: DraftOwner, id: string, connection: Connection): Promise<boolean> {
  const draft = await findDraft(owner, id);
  return draft?.testedDigest === digest(owner, connection);
}

/** Forgets a draft whose token is stored with its integration now. */
export async function deleteDraft(owner: DraftOwner, id: string): Promise<void> {
  await db().siemDraft.deleteMany({ where: { id, ...owner } });
}

async function findDraft(owner: DraftOwner, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  return db().siemDraft.findFirst({ where: { id, ...owner, expiresAt: { gt: new Date() } } });
}

function tokenPlace(draftId: string): string {
  return `siem_draft:${draftId}:token`;
}

/** Keyed, because a plain digest of address and token would let a reader of the table try tokens. */
function digest({ organizationId }: DraftOwner, { eventUrl, token, index, trust }: Connection): string {
  return createHmac('sha256', deriveKey('draft-digest'))
    .update(JSON.stringify([organizationId, eventUrl, token, index ?? null, trust]))
    .digest('base64url');
}
