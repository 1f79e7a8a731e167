import { expect, test } from '@/e2e/every-page';
import { pageAddresses } from '@/e2e/matrix/entry-points';

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

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });

  test('every page shows its heading, and every form on it leads somewhere', async ({
    adminPage,
    openAs,
    stranger,
    pages,
  }) => {
    const viewers = {
      admin: adminPage,
      auditor: await openAs('auditor'),
      member: await openAs('member'),
      stranger,
    };
    for (const { what, path, status = 200, as = 'admin' } of pages) {
      const page = viewers[as];
      expect((await page.goto(path))?.status(), what).toBe(status);
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
  });
});
