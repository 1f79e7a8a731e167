/**
 * A number in [0, 1) that depends on nothing but its arguments. Chance is drawn per request, connection or event and
 * not from one stream of numbers, so that a run can be replayed from its seed although requests overlap differently.
 */
export function draw(seed: number, ...about: readonly (number | string)[]): number {
  let hash = mix(seed);
  for (const part of about) {
    for (const unit of typeof part === 'string' ? Buffer.from(part) : [part]) hash = mix(hash ^ unit);
  }
  return hash / 2 ** 32;
}

/** A seed nobody chose: short enough to be typed again. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 1_000_000);
}

/** The finalizer of MurmurHash3, with a constant added so that zero does not stay zero. */
function mix(value: number): number {
  let hash = (value + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
