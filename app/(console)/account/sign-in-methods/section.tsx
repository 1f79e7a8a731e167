import { Identities } from '@/components/account/identities';
import { requirePermission } from '@/lib/auth/actor';
import { listOwnProviders } from '@/lib/auth/openid/identities';
import { readReport } from '@/lib/auth/openid/report';
import { refusalWords } from '@/lib/auth/openid/words';
import { timeZone } from '@/lib/auth/preferences';
import { requestContext } from '@/lib/auth/request-context';
import { disconnectAction } from './actions';

/** The identity providers by which the person can sign in, or could once they are connected. Nothing where there is none. */
export async function SignInMethods() {
  const actor = await requirePermission('account.manage');
  const search = new URL((await requestContext()).path, 'http://localhost').searchParams;
  const [providers, report, zone] = await Promise.all([
    listOwnProviders(actor),
    readReport(search.get('outcome')),
    timeZone(),
  ]);
  if (providers.length === 0 && !report) return null;
  return (
    <Identities
      providers={providers}
      zone={zone}
      disconnect={disconnectAction}
      disconnected={search.has('disconnected')}
      connected={report && !report.refusal ? report.provider : undefined}
      refusal={report?.refusal && { words: refusalWords(report.refusal, report), said: report.said }}
    />
  );
}
