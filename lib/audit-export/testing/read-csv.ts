/** Reads a file as RFC 4180 has it, strictly: every line ends with CR LF, and quotation marks are where they may be. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, quoted, bare = '', end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`No cell begins with ${JSON.stringify(text.slice(at, at + 40))}`);
    cells.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  if (cells.length > 0) throw new Error('The last line has no end.');
  return lines;
}
