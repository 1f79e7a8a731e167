import type { Stage } from '@/e2e/contract/stage';
import type { Told } from '@/e2e/contract/step';
import { expect } from '@/e2e/siem';
import type { AuditAction } from '@/lib/audit/catalog';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Does something and waits until the log has what `act` promises: these events and no others, one of them the action's
 * own, with exactly this actor, target, changes, metadata and context.
 */
export async function expectTold<Action extends AuditAction>(
  stage: Stage,
  action: Action,
  act: (stage: Stage) => Promise<Told<Action>>,
): Promise<void> {
  const before = (await stage.log()).length;
  const told = await act(stage);
  const since = async () => (await stage.log()).slice(before);
  await expect
    .poll(async () => (await since()).map((event) => event.action), { timeout: 20_000 })
    .toEqual(told.all ?? [action]);

  const [row, ...others] = (await since()).filter((event) => event.action === action);
  expect(others).toEqual([]);
  if (!row) throw new Error(`${action} is not among what the step promises`);
  expect(JSON.parse(row.record)).toEqual({
    id: row.id,
    version: 1,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    action,
    outcome: told.outcome ?? 'success',
    organization: stage.organization,
    actor: told.actor,
    targets: told.targets,
    changes: told.changes ?? [],
    metadata: told.metadata,
    context: await contextOf(stage, told),
  });
  expectOwnRequest(stage, JSON.parse(row.record).context.request_id);
}

async function contextOf(
  { ip, userAgent, query }: Stage,
  { actor, from = 'session' }: Pick<Told<AuditAction>, 'actor' | 'from'>,
) {
  if (from === 'scheduler' || from === 'system') return { origin: from };
  const request = { ip, user_agent: userAgent, request_id: expect.stringMatching(uuid) };
  if (from === 'api') return { ...request, origin: 'api' };
  if (from === 'browser') return { ...request, origin: 'console' };
  const sessions = await query<{ id: string }>('SELECT id FROM session WHERE user_id = $1', [actor.id]);
  const session = new RegExp(`^(${sessions.map(({ id }) => id).join('|')})$`);
  return { ...request, session_id: expect.stringMatching(session), origin: 'console' };
}

/** Each act is a request of its own. */
function expectOwnRequest({ requestIds }: Stage, requestId: string | undefined): void {
  if (requestId === undefined) return;
  expect(requestIds).not.toContain(requestId);
  requestIds.add(requestId);
}
