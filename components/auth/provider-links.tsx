import { LogIn } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { SignInPage } from '@/lib/auth/sign-in-page';

type ProviderLinksProps = Pick<SignInPage, 'organization' | 'providers'> & {
  /** Where to go afterwards: a path of this site. */
  next: string;
};

/** A way to each identity provider. Links, because the policy lets no form of ours lead to another site. */
export function ProviderLinks({ organization, providers, next }: ProviderLinksProps) {
  return (
    <ul className="grid gap-2.5">
      {providers.map(({ name, provider }) => (
        <li key={provider}>
          <Button
            href={`/api/auth/start?${new URLSearchParams({ provider, organization: organization.slug, next })}`}
            size="lg"
            icon={<LogIn />}
            className="w-full whitespace-normal text-center"
          >
            Continue with {name}
          </Button>
        </li>
      ))}
    </ul>
  );
}
