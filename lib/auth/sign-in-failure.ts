import type { AuditMetadata } from '@/lib/audit/catalog';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import type { SignInMethod } from '@/lib/auth/methods';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { db } from '@/lib/db/client';

type Organization = { id: string; slug: string; name: string };

export type FailureReason = AuditMetadata<'user.login_failed'>['reason'];

export type SignInFailure = {
  /** Undefined when the attempt is about nobody known: {@link onlyOrganization} then gets the record, if there is one. */
  organization: Organization | undefined;
  user?: { id: string; name: string } | undefined;
  /** What the person called themselves, where no user is known. */
  claimed: string;
  method: SignInMethod;
  reason: FailureReason;
  request: RequestContext;
};

/** Records a refused attempt as `user.login_failed`, by nobody, in a transaction of its own. */
export async function recordSignInFailure(failure: SignInFailure): Promise<void> {
  const { user, claimed, method, reason, request } = failure;
  const organization = failure.organization ?? (await onlyOrganization());
  if (!organization) return;
  const { id, slug, name } = organization;
  await withTransaction(async (tx) => {
    recordAudit(tx, {
      organization: { id, slug, name },
      actor: { type: 'anonymous' },
      context: auditContext(request),
      action: 'user.login_failed',
      outcome: 'failure',
      targets: [{ type: 'user', id: user?.id, name: user?.name ?? claimed }],
      metadata: { method, reason },
    });
  });
}

/** A failure for an unknown account belongs to nobody, unless there is only one organization it can be about. */
async function onlyOrganization(): Promise<Organization | undefined> {
  const [first, ...others] = await db().organization.findMany({ take: 2 });
  return others.length === 0 ? first : undefined;
}
