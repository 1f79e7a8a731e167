import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The product's faces, Latin, all weights in one file: the path that the style sheet asks for, and the file. */
export const fonts: ReadonlyMap<string, string> = new Map([
  ['/simulator/inter.woff2', resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')],
  [
    '/simulator/jetbrains-mono.woff2',
    resolve('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2'),
  ],
]);
