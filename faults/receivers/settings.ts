import { strikes, untilArrived, untilSaid } from '@/faults/receivers/strike';
import { passPatience, passWaits } from '@/faults/rig/time';
import type { World } from '@/faults/rig/world';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';

/** A Splunk whose settings are changed, and changed back. */
export function settings(world: World): void {
  strikes(world, {
    fault: 'a token disabled and enabled',
    runs: [1, 10],
    async strike(customer) {
      const { splunk } = customer;
      splunk.disableToken(splunk.token);
      await untilSaid(customer, 'degraded');
      await untilSaid(customer, 'blocked', passPatience);
      splunk.enableToken(splunk.token);
      await untilSaid(customer, 'healthy', passWaits);
    },
  });

  strikes(world, {
    fault: 'a token deleted and made again',
    runs: [1, 10],
    async strike(customer) {
      const { splunk } = customer;
      const [token] = splunk.tokens;
      if (!token) throw new Error('there is no token');
      splunk.removeToken(token.value);
      await untilSaid(customer, 'degraded');
      await untilSaid(customer, 'blocked', passPatience);
      splunk.setToken(token);
      await untilSaid(customer, 'healthy', passWaits);
    },
  });

  strikes(world, {
    fault: 'an index that the token may not write to, until it may',
    runs: [1, 10],
    // What was under way when the index was changed is in the former one, and is sent to the new one too.
    ambiguous: 1,
    async strike(customer) {
      const { source, id, splunk } = customer;
      const index = `later_${splunk.journal().length}`;
      await updateIntegration(source, id, { index });
      await untilSaid(customer, 'blocked');
      splunk.setIndex({ name: index });
      splunk.setToken({ value: splunk.token, allowedIndexes: ['audit', 'main', index] });
      await untilSaid(customer, 'healthy', passWaits);
    },
  });

  strikes(world, {
    fault: 'a certificate exchanged for one that nobody trusts',
    setUp: { splunk: { tls: 'private-ca' }, trustAuthority: true },
    runs: [1, 10],
    ambiguous: 1,
    async strike(customer, { chance }) {
      const { splunk, link } = customer;
      await untilArrived(customer);
      splunk.setTls(chance.pick(['self-signed', 'expired', 'wrong-host', 'splunk-default'] as const));
      link.reset();
      await untilSaid(customer, 'blocked');
      splunk.setTls('private-ca');
      await untilSaid(customer, 'healthy', passWaits);
    },
  });
}
