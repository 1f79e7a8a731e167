import { LogOut } from 'lucide-react';
import {
  accountItem,
  type NavigationItem,
  type NavigationSection,
  siemPath,
} from '@/components/layout/navigation';
import { navigationIcons } from '@/components/layout/navigation-icons';
import { NavigationLink } from '@/components/layout/navigation-link';
import { SiemDot, type SiemState } from '@/components/layout/siem-dot';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import type { FormAction } from '@/components/ui/form-action';

export type SidebarProps = {
  organization: { name: string };
  user: { name: string; role: string; email: string };
  navigation: readonly NavigationSection[];
  siemState?: SiemState | null | undefined;
  signOutAction: FormAction;
};

/** Whose console it is, where one can go, and who is signed in. Shown at the left, and on a phone inside the menu. */
export function Sidebar({ organization, user, navigation, siemState, signOutAction }: SidebarProps) {
  return (
    <div className="flex min-h-full flex-col gap-3 p-3">
      <p className="flex min-h-9 items-center gap-2.5 rounded-lg border border-line bg-surface px-2 font-medium shadow-rest">
        <span
          aria-hidden="true"
          className="grid size-5 shrink-0 place-items-center rounded-md bg-accent text-2xs font-bold text-on-accent"
        >
          {organization.name.trim().charAt(0).toUpperCase()}
        </span>
        <span className="truncate">{organization.name}</span>
      </p>

      <nav aria-label="Console" className="flex flex-col gap-5">
        {navigation.map((section) => (
          <div key={section.label}>
            {section.label && <h2 className="mb-1.5 px-2 text-xs font-medium text-muted">{section.label}</h2>}
            <ul className="flex flex-col gap-px">
              {section.items.map((item) => (
                <li key={item.href}>
                  <NavigationRow item={item} siemState={siemState} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>

      <div className="mt-auto border-t border-line pt-3">
        <div className="flex items-center gap-2.5 px-2 pb-2" title={user.email}>
          <Avatar name={user.name} />
          <div className="min-w-0">
            <p className="truncate font-medium">{user.name}</p>
            <p className="truncate text-xs text-muted first-letter:uppercase">{user.role}</p>
          </div>
        </div>
        <ul className="flex gap-1">
          <li className="flex-1">
            <NavigationRow item={accountItem} />
          </li>
          <li>
            <form action={signOutAction}>
              <Button type="submit" variant="ghost" icon={<LogOut />} className="min-h-8! px-2! font-normal!">
                Sign out
              </Button>
            </form>
          </li>
        </ul>
      </div>
    </div>
  );
}

function NavigationRow({
  item,
  siemState,
}: {
  item: NavigationItem;
  siemState?: SiemState | null | undefined;
}) {
  const Icon = navigationIcons[item.href];
  return (
    <NavigationLink href={item.href}>
      {Icon && <Icon />}
      {item.label}
      {item.href === siemPath && siemState && <SiemDot state={siemState} />}
    </NavigationLink>
  );
}
