import type { Metadata } from 'next';
import NotFound from '@/app/not-found';
import { SetupForm } from '@/components/auth/setup-form';
import { AuthShell } from '@/components/layout/auth-shell';
import { answerWith } from '@/lib/http-status';
import { hasOrganization } from '@/lib/organization/has-organization';
import { setupAction } from './actions';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetupPage() {
  if (await hasOrganization()) {
    answerWith(404);
    return <NotFound />;
  }
  return (
    <AuthShell
      title="Set up Tracekeep"
      description="Name your organization and create its first admin. This page closes for good afterwards."
    >
      <SetupForm action={setupAction} />
    </AuthShell>
  );
}
