// Stands for the package `server-only` in tests, where there is no browser's bundle to keep code out of.
export {};
