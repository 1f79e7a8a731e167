import ipaddr from 'ipaddr.js';

/** One spelling per address (RFC 5952; IPv4-mapped IPv6 becomes IPv4, a zone is dropped), or undefined for what is not an address. */
export function canonicalIp(text: string | undefined): string | undefined {
  if (text === undefined || !ipaddr.isValid(text)) return undefined;
  // The zone of a link-local address ("fe80::1%eth0") means something on this machine only, and inet does not take it.
  const address = ipaddr.process(text.replace(/%.*$/, ''));
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
