const maxLength = 2_048;
/** Where nobody wants to land after signing in. */
const dead = /^\/(login|setup|api)([/?#]|$)/;

/**
 * A path of this site from what a request asked for, or `/`. A browser reads `//host`, `/\host` and a tab or line
 * break between slashes as another site; none of them passes.
 */
export function safePath(value: unknown): string {
  if (typeof value !== 'string' || value.length > maxLength || !value.startsWith('/')) return '/';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, so "/\t/host" becomes "//host"
  if (value.startsWith('//') || /[\\\u0000-\u0020\u007f]/.test(value) || dead.test(value)) return '/';
  const base = 'http://tracekeep.invalid';
  if (!URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  // "/.//host" is a path that becomes "//host" once its dots are resolved.
  if (url.origin !== base || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
