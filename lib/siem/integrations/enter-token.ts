import { type DraftOwner, readDraft, saveDraft } from '@/lib/siem/integrations/draft';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { parseHecToken } from '@/lib/siem/splunk/token';

/** A token that the server knows now, and the draft that keeps it for the next submission of the form. */
export type EnteredToken = { token: string; draft: { id: string; last4: string } };

/**
 * The token of a submission: the typed one, or with an empty field the one that was typed before. It is kept as a draft, so
 * a form that comes back with errors has lost nothing and holds no token. Undefined when none was ever typed, or when what
 * was typed is no token (the field's own check says why). Throws a {@link RefusedError} when the kept one has expired.
 */
export async function enterToken(
  owner: DraftOwner,
  typed: string,
  draftId: string | undefined,
): Promise<EnteredToken | undefined> {
  const kept = draftId === undefined ? undefined : await readDraft(owner, draftId);
  if (typed.trim() === '') {
    if (draftId === undefined) return undefined;
    if (!kept) throw expired;
    return { token: kept.token, draft: { id: draftId, last4: kept.last4 } };
  }
  const parsed = parseHecToken(typed);
  if (!parsed.ok) return undefined;
  if (kept?.token === parsed.token && draftId !== undefined) {
    return { token: kept.token, draft: { id: draftId, last4: kept.last4 } };
  }
  const draft = await saveDraft(owner, parsed.token);
  return { token: parsed.token, draft };
}

const expired = new RefusedError([
  {
    field: 'hecToken',
    message: 'Enter the HEC token again',
    hint: 'A token that is not saved is kept for 15 minutes only.',
  },
]);
