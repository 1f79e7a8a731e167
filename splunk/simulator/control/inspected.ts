import type { Connections } from '@/splunk/simulator/connections';
import type { Instance } from '@/splunk/simulator/instance';
import type { Resolver } from '@/splunk/simulator/resolver';
import type { Certificates } from '@/splunk/simulator/tls-variants';

/** What the page and the control port look at and change. */
export type Inspected = {
  readonly instance: Instance;
  readonly connections: Connections;
  readonly certificates: Certificates;
  readonly resolver: Resolver;
};
