export const scansPath = '/scans';

/** A scan's own page, or one below it. */
export function scanPath(id: string, below = ''): string {
  return `${scansPath}/${id}${below}`;
}

export function runPath(scanId: string, runId: string, below = ''): string {
  return scanPath(scanId, `/runs/${runId}${below}`);
}
