/** The parameters of an address as a page is given them: a list where one is repeated. */
export function readParams(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const [value = '', ...more] = params.getAll(key);
      return [key, more.length > 0 ? [value, ...more] : value];
    }),
  );
}
