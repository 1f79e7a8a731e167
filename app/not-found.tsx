import type { Metadata } from 'next';
import { AuthShell } from '@/components/layout/auth-shell';
import { Button } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <AuthShell title="Page not found" description="There is no page at this address, or it has been removed.">
      <Button href="/" variant="primary">
        Go to the overview
      </Button>
    </AuthShell>
  );
}
