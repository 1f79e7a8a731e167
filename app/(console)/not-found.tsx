import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';

export const metadata: Metadata = { title: 'Not found' };

/** What a page of the console could not find: removed, never there, or another organization's. */
export default function NotFound() {
  return (
    <>
      <PageHeader
        title="Not found"
        description="There is nothing at this address in your organization. It may have been removed."
      />
      <Button href="/">Go to the overview</Button>
    </>
  );
}
