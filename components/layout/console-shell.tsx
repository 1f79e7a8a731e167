import type { ReactNode } from 'react';
import { MobileMenu } from '@/components/layout/mobile-menu';
import { PageFocus } from '@/components/layout/page-focus';
import { Sidebar, type SidebarProps } from '@/components/layout/sidebar';
import { ThemeControl } from '@/components/layout/theme-control';
import { TimeZoneControl } from '@/components/layout/time-zone-control';
import type { FormAction } from '@/components/ui/form-action';
import { Wordmark } from '@/components/ui/mark';
import { SkipLink } from '@/components/ui/skip-link';
import type { Theme } from '@/lib/preferences';

type ConsoleShellProps = SidebarProps & {
  theme: Theme;
  /** IANA name; the server renders every time in it. */
  timeZone: string;
  setThemeAction: FormAction;
  setTimeZoneAction: FormAction;
  /** Usually `<PathBreadcrumbs />`. */
  breadcrumbs: ReactNode;
  /** Across the whole page, above its header: what an admin has to act on. */
  banner?: ReactNode;
  children: ReactNode;
};

/** Everything around a page of the console: skip link, sidebar of 232 px, top bar of 52 px, main. */
export function ConsoleShell({
  theme,
  timeZone,
  setThemeAction,
  setTimeZoneAction,
  breadcrumbs,
  banner,
  children,
  ...sidebar
}: ConsoleShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <SkipLink to="main">Skip to the page</SkipLink>
      <PageFocus />

      <aside className="hidden border-r border-line md:block">
        <div className="sticky top-0 flex h-dvh flex-col">
          <Wordmark className="h-13 shrink-0 px-5" />
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Sidebar {...sidebar} />
          </div>
        </div>
      </aside>

      <div className="min-w-0">
        <header className="sticky top-0 z-10 border-b border-line bg-canvas">
          <div className="flex min-h-13 items-center gap-2.5 px-4 md:px-7">
            <Wordmark className="mr-auto md:hidden" />
            <div className="mr-auto hidden min-w-0 md:block">{breadcrumbs}</div>
            <TimeZoneControl timeZone={timeZone} action={setTimeZoneAction} />
            <ThemeControl theme={theme} action={setThemeAction} />
          </div>
        </header>
        <div className="border-b border-line md:hidden">
          <MobileMenu>
            <Sidebar {...sidebar} />
          </MobileMenu>
        </div>

        <main id="main" tabIndex={-1} className="mx-auto max-w-330 px-4 py-6 focus:outline-none md:px-7">
          <div className="mb-4 empty:hidden md:hidden">{breadcrumbs}</div>
          {banner && <div className="mb-5">{banner}</div>}
          {children}
        </main>
      </div>
    </div>
  );
}
