import { setTimeout as sleep } from 'node:timers/promises';
import { strikes, untilArrived, untilSaid, untilWaiting } from '@/faults/receivers/strike';
import { passPatience, passWaits } from '@/faults/rig/time';
import { useWorld } from '@/faults/rig/world';
import { updateIntegration } from '@/lib/siem/integrations/update-integration';

const world = useWorld();

strikes(world, {
  fault: 'connections refused',
  runs: [1, 20],
  // The reset may hit a request under way.
  ambiguous: 1,
  async strike(customer) {
    customer.link.refuse();
    customer.link.reset();
    await untilSaid(customer, 'degraded');
    await customer.link.heal();
    await untilArrived(customer);
  },
});

strikes(world, {
  fault: 'connections reset again and again',
  runs: [5, 100],
  ambiguous: 1,
  async strike({ link }, { chance }) {
    await sleep(chance.between(50, 700));
    link.reset();
  },
});

strikes(world, {
  fault: 'a black hole, then everything at once',
  runs: [1, 10],
  ambiguous: 1,
  async strike(customer) {
    customer.link.change({ blackHole: true });
    await untilWaiting(customer);
    await sleep(2_000);
    await customer.link.heal();
    await untilArrived(customer);
  },
});

strikes(world, {
  fault: 'a connection that is dead and does not say so',
  runs: [1, 5],
  ambiguous: 1,
  async strike(customer) {
    customer.link.orphan();
    await untilArrived(customer);
  },
});

strikes(world, {
  fault: 'answers cut somewhere on the way',
  runs: [3, 50],
  ambiguous: 1,
  async strike(customer, { chance }) {
    customer.link.reset();
    customer.link.change({ cutAfterBytes: chance.between(1, 300), cutBy: 'reset' }, 'down');
    await untilSaid(customer, 'degraded').finally(() => customer.link.heal());
    await untilArrived(customer);
  },
});

strikes(world, {
  fault: 'a token disabled and enabled',
  runs: [1, 10],
  async strike(customer) {
    const { splunk } = customer;
    splunk.disableToken(splunk.token);
    await untilSaid(customer, 'degraded');
    await passPatience(customer.id);
    await untilSaid(customer, 'blocked');
    splunk.enableToken(splunk.token);
    await passWaits([customer.id]);
    await untilSaid(customer, 'healthy');
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
    await passPatience(customer.id);
    await untilSaid(customer, 'blocked');
    splunk.setToken(token);
    await passWaits([customer.id]);
    await untilSaid(customer, 'healthy');
  },
});

strikes(world, {
  fault: 'an index that the token may not write to, until it may',
  runs: [1, 10],
  async strike(customer) {
    const { source, id, splunk } = customer;
    const index = `later_${splunk.journal().length}`;
    await updateIntegration(source, id, { index });
    await untilSaid(customer, 'blocked');
    splunk.setIndex({ name: index });
    splunk.setToken({ value: splunk.token, allowedIndexes: ['audit', 'main', index] });
    await passWaits([id]);
    await untilSaid(customer, 'healthy');
  },
});

strikes(world, {
  fault: 'a certificate exchanged for one that nobody trusts',
  setUp: { splunk: { tls: 'private-ca' }, trustAuthority: true },
  runs: [1, 10],
  ambiguous: 1,
  async strike(customer, { chance }) {
    const { splunk, link, id } = customer;
    await untilArrived(customer);
    splunk.setTls(chance.pick(['self-signed', 'expired', 'wrong-host', 'splunk-default'] as const));
    link.reset();
    await untilSaid(customer, 'blocked');
    splunk.setTls('private-ca');
    await passWaits([id]);
    await untilSaid(customer, 'healthy');
  },
});
