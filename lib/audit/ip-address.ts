import ipaddr from 'ipaddr.js';

/** One spelling per address (RFC 5952; IPv4-mapped IPv6 becomes IPv4), or undefined for what is not an address. */
export function canonicalIp(text: string | undefined): string | undefined {
  if (text === undefined || !ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
