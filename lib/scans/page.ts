import { z } from 'zod';

/** Which rows of a list are wanted: the first `size`, or those after a cursor that a page before named as its `next`. */
export type PageRequest = { readonly size: number; readonly cursor?: string | undefined };

export type Page<Row> = {
  readonly rows: readonly Row[];
  /** Where the next page begins; undefined on the last one. */
  readonly next?: string | undefined;
  /** The cursor was not one of ours; the first page is shown instead. */
  readonly cursorRefused: boolean;
};

/**
 * What a list is ordered by, and the id of the row among equals. It names a place between rows, not a row: it holds when
 * that row is deleted. It opens nothing, so a cursor is not signed.
 */
export type Place = { readonly key: string; readonly id: string };

const maxCursorLength = 1_000;

/** The place that a request begins after; undefined for the first page, or when `key` refuses what the cursor says. */
export function placeOf({ cursor }: PageRequest, key: z.ZodType<string>): Place | undefined {
  if (cursor === undefined || cursor.length > maxCursorLength) return undefined;
  try {
    const told: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return z.object({ key, id: z.uuid() }).parse(told);
  } catch {
    return undefined;
  }
}

/** Makes a page of what was found after `place` with one row more than asked for. */
export function pageOf<Row>(
  request: PageRequest,
  place: Place | undefined,
  found: readonly Row[],
  placeOfRow: (row: Row) => Place,
): Page<Row> {
  const rows = found.slice(0, request.size);
  const last = rows.at(-1);
  const more = found.length > request.size && last !== undefined;
  return {
    rows,
    next: more ? Buffer.from(JSON.stringify(placeOfRow(last))).toString('base64url') : undefined,
    cursorRefused: request.cursor !== undefined && place === undefined,
  };
}
