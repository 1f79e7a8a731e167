const maxLength = 300;

/**
 * An address as it is stored and shown: at most 300 characters, without its query and the parameters of its path. Where a
 * server leads to, these may be session ids and tokens that work once.
 */
export function shownAddress(address: URL): string {
  const url = new URL(address);
  if (url.search) url.search = '...';
  url.pathname = url.pathname.replaceAll(/;[^/]*/g, ';...');
  return url.href.length > maxLength ? `${url.href.slice(0, maxLength - 3)}...` : url.href;
}
