import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { requireActor } from '@/lib/auth/actor';
import { listAdminContacts } from '@/lib/organization/admins';

/** Somebody signed in asked for what their role does not allow. Says who can change that. Status 403. */
export default async function Forbidden() {
  const { user, organization } = await requireActor();
  const admins = await listAdminContacts(organization.id);
  return (
    <>
      <PageHeader
        title="Your role does not include this"
        description={`You are signed in as ${user.name}, ${user.role} of ${organization.name}. An admin can change your role:`}
      />
      <ul className="mb-5 list-inside list-disc">
        {admins.map(({ id, name, email }) => (
          <li key={id}>
            {name}, {email}
          </li>
        ))}
      </ul>
      <Button href="/">Go to the overview</Button>
    </>
  );
}
