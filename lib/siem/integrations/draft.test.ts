import { describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { type DraftOwner, markTested, readDraft, saveDraft, wasTested } from '@/lib/siem/integrations/draft';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const token = '2b1a6c0e-4d3f-4a57-9b8c-0123456789ab';
const connection = {
  eventUrl: 'https://splunk.example.com:8088/services/collector/event',
  token,
  index: 'audit',
  trust: { kind: 'system' as const },
  warnings: [],
};

async function person(): Promise<DraftOwner> {
  const { organization, actor } = await createOrganization();
  return { organizationId: organization.id, userId: actor.id ?? '' };
}

async function expire(id: string): Promise<void> {
  await db().siemDraft.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
}

describe('a draft', () => {
  it('gives the token back to the person who typed it, shows its end, and stores it sealed', async () => {
    const owner = await person();
    const { id, last4 } = await saveDraft(owner, token);
    expect(last4).toBe('89ab');
    expect(await readDraft(owner, id)).toEqual({ token, last4: '89ab' });
    const row = await db().siemDraft.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.expiresAt.getTime() - Date.now()).toBeGreaterThan(14 * 60_000);
  });

  it('is nothing to anybody else, to a forged id, and after a quarter of an hour', async () => {
    const [owner, stranger] = [await person(), await person()];
    const { id } = await saveDraft(owner, token);
    expect(await readDraft(stranger, id)).toBeUndefined();
    expect(await readDraft({ ...owner, userId: stranger.userId }, id)).toBeUndefined();
    expect(await readDraft(owner, "' OR 1=1")).toBeUndefined();
    await expire(id);
    expect(await readDraft(owner, id)).toBeUndefined();
    await saveDraft(stranger, token);
    expect(await db().siemDraft.count({ where: { id } })).toBe(0);
  });

  it('remembers a passed test for exactly these values and this person', async () => {
    const [owner, stranger] = [await person(), await person()];
    const { id } = await saveDraft(owner, token);
    expect(await wasTested(owner, id, connection)).toBe(false);
    await markTested(stranger, id, connection);
    expect(await wasTested(owner, id, connection)).toBe(false);
    await markTested(owner, id, connection);
    expect(await wasTested(owner, id, connection)).toBe(true);
    const pinned = { kind: 'pinned', fingerprint256: 'AA' } as const;
    for (const change of [
      { token: 'x' },
      { index: undefined },
      { eventUrl: 'https://other.example.com' },
      { trust: pinned },
    ]) {
      expect(await wasTested(owner, id, { ...connection, ...change })).toBe(false);
    }
    await expire(id);
    expect(await wasTested(owner, id, connection)).toBe(false);
  });

  it('shows nothing of a token that is short', async () => {
    expect((await saveDraft(await person(), 'short')).last4).toBe('');
  });
});
