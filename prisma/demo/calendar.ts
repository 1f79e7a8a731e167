import { instantToZoned, zonedToInstant } from '@/lib/zoned-time';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How far back the demo remembers. */
export const pastDays = 90;

/** Where the organization has its office. */
export const officeZone = 'Europe/Berlin';

/** Days as people count them: so many before today, on the clock of a zone. */
export type Calendar = {
  now: Date;
  /** The instant of a time such as "08:30", so many days ago. */
  at(daysAgo: number, time: string, zone?: string): Date;
  isWorkday(daysAgo: number, zone?: string): boolean;
  /** So many days ago, or the next day on which people work. */
  workday(daysAgo: number): number;
};

export function createCalendar(now: Date): Calendar {
  // Asking for the time in a zone is slow, and the same midnights are asked for thousands of times.
  const instants = new Map<string, Date>();
  const dateOf = (daysAgo: number, zone: string) =>
    instantToZoned(new Date(now.getTime() - daysAgo * dayMs), zone).slice(0, 10);
  const isWorkday = (daysAgo: number, zone = officeZone) => {
    const weekday = new Date(`${dateOf(daysAgo, zone)}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6;
  };
  return {
    now,
    isWorkday,
    at(daysAgo, time, zone = officeZone) {
      const key = `${daysAgo} ${time} ${zone}`;
      const instant = instants.get(key) ?? zonedToInstant(`${dateOf(daysAgo, zone)}T${time}`, zone);
      if (!instant) throw new Error(`${time} is no time of day`);
      instants.set(key, instant);
      return instant;
    },
    workday: (daysAgo) => [0, 1, 2].map((later) => daysAgo - later).find((day) => isWorkday(day)) ?? daysAgo,
  };
}

export function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
