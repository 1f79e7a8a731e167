export type RouteKind = 'event' | 'raw' | 'ack' | 'health';
export type Route = { readonly kind: RouteKind; readonly methods: readonly string[] };

const event: Route = { kind: 'event', methods: ['POST', 'OPTIONS'] };
const raw: Route = { kind: 'raw', methods: ['POST', 'OPTIONS'] };
const ack: Route = { kind: 'ack', methods: ['POST', 'OPTIONS'] };
const health: Route = { kind: 'health', methods: ['GET', 'HEAD', 'OPTIONS'] };

/** The paths of hec.md §1.1 this simulator serves; the methods are those of Splunk's `Allow` header. */
const routes: ReadonlyMap<string, Route> = new Map([
  ['/services/collector', event],
  ['/services/collector/1.0', event],
  ['/services/collector/event', event],
  ['/services/collector/event/1.0', event],
  ['/services/collector/raw', raw],
  ['/services/collector/raw/1.0', raw],
  ['/services/collector/ack', ack],
  ['/services/collector/health', health],
  ['/services/collector/health/1.0', health],
]);

/** The route of a path, compared exactly: Splunk does not forgive a trailing slash or another case. */
export function findRoute(pathname: string): Route | undefined {
  return routes.get(pathname);
}
