const maxLength = 48;

/** A name for addresses and for Splunk's `source`: ASCII letters, digits and single hyphens. "Zürich & Söhne" is `zurich-sohne`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '');
  return slug || 'organization';
}
