import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { FilterWords } from '@/components/audit/views/filter-words';
import { viewHref, viewsPath } from '@/components/audit/views/view-address';
import { ViewForm } from '@/components/audit/views/view-form';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardFooter } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { legible } from '@/lib/audit/legible';
import { mayDelete } from '@/lib/audit-views/may-delete';
import { viewFilter } from '@/lib/audit-views/view-input';
import { timeZone } from '@/lib/auth/preferences';
import { changeViewAction } from '../actions';
import { loadView } from '../load';

export const metadata: Metadata = { title: 'View' };

export default servedPage(async function ViewPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ actor, view }, zone] = await Promise.all([loadView(params), timeZone()]);
  const { id, name, shared, own, ownerName } = view;
  return (
    <>
      <PageHeader
        title={legible(name)}
        description={
          own ? 'Your view of the audit log.' : `Shared by ${legible(ownerName)}, who alone can change it.`
        }
        actions={<Button href={viewHref(view)}>Open it</Button>}
      />
      <Card className="max-w-160" aria-label="View">
        <CardBody>
          <h2 className="text-sm font-medium text-muted">It shows</h2>
          <FilterWords filter={viewFilter(view.query)} zone={zone} />
        </CardBody>
        {own && (
          <CardBody>
            <ViewForm
              action={changeViewAction}
              about={{ name: 'id', value: id }}
              view={{ name, shared }}
              organization={actor.organization.name}
              label="Save changes"
              leave={{ href: viewsPath, label: 'Cancel' }}
            />
          </CardBody>
        )}
        {mayDelete(actor, view) && (
          <CardFooter>
            <Button href={`${viewsPath}/${id}/delete`} prefetch={false} variant="ghost-danger" size="sm">
              Delete this view
            </Button>
          </CardFooter>
        )}
      </Card>
    </>
  );
});
