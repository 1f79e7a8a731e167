import { test as base, expect } from '@/e2e/furnished';
import { type Requests, signInAll } from '@/e2e/matrix/askers';
import { addOneOfEach, type Things } from '@/e2e/matrix/things';

/** The tests' fixtures with one of everything in the organization, and everybody who may ask for it. */
export const test = base.extend<{ things: Things; requests: Requests }>({
  things: async (
    {
      addEvents,
      addIntegration,
      addParked,
      addReplay,
      addApiKey,
      addInvitation,
      addScan,
      addOidcConnection,
      query,
      organization,
    },
    use,
  ) =>
    use(
      await addOneOfEach({
        addEvents,
        addIntegration,
        addParked,
        addReplay,
        addApiKey,
        addInvitation,
        addScan,
        addOidcConnection,
        query,
        organization,
      }),
    ),
  requests: async ({ playwright, query, organization, neighbour }, use) => {
    const requests = await signInAll(playwright, { query, organization, elsewhere: neighbour.organization });
    await use(requests);
    await requests.dispose();
  },
});

export { expect };
