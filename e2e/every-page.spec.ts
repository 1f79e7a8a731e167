import type { Page } from '@playwright/test';
import { chooseTheme, expectGoodPage } from '@/e2e/accessible';
import { listenForComplaints } from '@/e2e/complaints';
import { expect, type PageCase, test } from '@/e2e/every-page';
import type { Furnishings } from '@/e2e/furnished';
import { pageAddresses } from '@/e2e/matrix/entry-points';
import { expectDecidedClasses, expectLightPage } from '@/e2e/page-weight';
import { chosenByClient, expectSecurePage } from '@/e2e/security-headers';

test.describe.configure({ mode: 'parallel' });

/** Pages that nobody meets in a furnished organization; their own specs look at them in the same ways. */
const elsewhere: Record<string, string> = { '/setup': 'setup.spec.ts', '/confirm': 'confirm.spec.ts' };

/** The address of the page that answers a path: one without parameters goes before one with. */
function addressOf(path: string): string | undefined {
  const [pathname = ''] = path.split('?');
  const matching = pageAddresses.filter((address) =>
    new RegExp(`^${address.replace(/\[\w+\]/g, '[^/]+')}$`).test(pathname),
  );
  return matching.sort((one, other) => one.split('[').length - other.split('[').length)[0];
}

test('no page that exists is missing in the list of pages that are looked at', async ({ pages }) => {
  const listed = new Set(
    pages.filter(({ status = 200 }) => status === 200).map(({ path }) => addressOf(path)),
  );
  expect(pageAddresses.filter((address) => !listed.has(address))).toEqual(Object.keys(elsewhere).sort());
});

type Viewers = Record<NonNullable<PageCase['as']> | 'admin', Page>;

/** Everybody who looks at a page, each in a browser of their own. */
async function openAll({
  adminPage,
  openAs,
  stranger,
}: Pick<Furnishings, 'adminPage' | 'openAs' | 'stranger'>): Promise<Viewers> {
  return { admin: adminPage, auditor: await openAs('auditor'), member: await openAs('member'), stranger };
}

/** All pages, in parts of about ten: axe takes a while for each. */
const areas = {
  'of members': (path: string) => path.startsWith('/settings/members'),
  'of signing in and keys': (path: string) =>
    /^\/settings\/(authentication|api-keys)|^\/(login|invite)/.test(path),
  'of the log': (path: string) => path.startsWith('/settings/audit-log'),
  'of its stream': (path: string) => path.startsWith('/settings/siem'),
  'of scans': (path: string) => path.startsWith('/scans'),
};
const areaOf = (path: string) =>
  Object.entries(areas).find(([, holds]) => holds(path))?.[0] ?? 'of everything else';

for (const area of [...Object.keys(areas), 'of everything else']) {
  test(`pages ${area} are accessible wide and narrow, light and dark, load no more JavaScript than their budget, violate no policy and leave the console empty`, async ({
    adminPage,
    openAs,
    stranger,
    baseURL,
    pages,
  }) => {
    const viewers = await openAll({ adminPage, openAs, stranger });
    for (const viewer of Object.values(viewers)) await chooseTheme(viewer, 'light', baseURL ?? '');
    for (const { what, path, status = 200, as = 'admin' } of pages) {
      if (areaOf(path) !== area) continue;
      await test.step(what, async () => {
        const page = await viewers[as].context().newPage();
        const { complaints, foreign } = listenForComplaints(page, baseURL);
        const response = await expectLightPage(page, path);
        expect(response?.status(), what).toBe(status);
        // Hydration is where React would complain about a difference between server and client.
        if (await page.getByRole('navigation', { name: 'Console' }).count())
          await expect(page.getByRole('button', { name: /^Theme/ })).toBeEnabled();
        await expectDecidedClasses(page, what);
        await expectGoodPage(page, what);
        // The browser itself writes of every page that is not found.
        if (status === 200) expect(complaints, what).toEqual([]);
        expect(foreign, what).toEqual([]);
        await page.close();
      });
    }
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });

  test('every page shows its heading, every form on it leads somewhere, and it has the security headers and a nonce of its own', async ({
    adminPage,
    openAs,
    stranger,
    pages,
  }) => {
    const viewers = await openAll({ adminPage, openAs, stranger });
    for (const viewer of Object.values(viewers)) await viewer.setExtraHTTPHeaders(chosenByClient);
    const nonces = new Set<string>();
    for (const { what, path, status = 200, as = 'admin' } of pages) {
      const page = viewers[as];
      const response = await page.goto(path);
      expect(response?.status(), what).toBe(status);
      if (response) nonces.add(await expectSecurePage(response, what));
      await expect(page.getByRole('heading', { level: 1 }), what).toHaveCount(1);
      await expect(page.getByRole('heading', { level: 1 }), what).toBeInViewport();
      const dead = await page
        .locator('form')
        .evaluateAll((forms) =>
          forms
            .filter((form) => !form.querySelector('[name^="$ACTION_"]') && !form.getAttribute('action'))
            .map((form) => form.outerHTML.slice(0, 200)),
        );
      expect(dead, what).toEqual([]);
    }
    expect(nonces.size).toBe(pages.length);
  });
});
