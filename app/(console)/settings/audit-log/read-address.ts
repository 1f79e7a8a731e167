/** The parameters of an address as a page is given them. */
export function readAddress(url: string): Record<string, string | string[]> {
  const { searchParams } = new URL(url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((key) => {
      const [value = '', ...more] = searchParams.getAll(key);
      return [key, more.length > 0 ? [value, ...more] : value];
    }),
  );
}
