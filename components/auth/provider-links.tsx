import { LogIn } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { SignInPage } from '@/lib/auth/sign-in-page';

type ProviderLinksProps = Pick<SignInPage, 'organization' | 'providers'> & {
  /** Where to go afterwards: a path of this site. */
  next: string;
  /** Where nothing stands above them, the first is the usual way in. */
  leading?: boolean;
};

/** A way to each identity provider. Links, because the policy lets no form of ours lead to another site. */
export function ProviderLinks({ organization, providers, next, leading = false }: ProviderLinksProps) {
  return (
    <ul className="grid gap-2.5">
      {providers.map(({ name, provider }, at) => (
        <li key={provider}>
          <Button
            href={`/api/auth/start?${new URLSearchParams({ provider, organization: organization.slug, next })}`}
            size="lg"
            variant={leading && at === 0 ? 'primary' : 'secondary'}
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
