/** The parameters of an address as a page is given them: a list where one is repeated. */
export function readParams(params: URLSearchParams): Record<string, string | string[]> {
  const read = new Map<string, string | string[]>();
  for (const [key, value] of params) {
    const known = read.get(key);
    if (Array.isArray(known)) known.push(value);
    else read.set(key, known === undefined ? value : [known, value]);
  }
  return Object.fromEntries(read);
}
