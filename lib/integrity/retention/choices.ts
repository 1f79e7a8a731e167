/** How long events may be kept, in days; null: for ever. */
export const retentionChoices = [null, 90, 180, 365, 400, 730, 2_555] as const;

export type RetentionDays = number | null;

/** Fewer would be no audit log; the table's CHECK says the same. */
export const leastDays = 90;
