import type { Calendar } from '@/prisma/demo/calendar';
import type { Cast } from '@/prisma/demo/cast';
import type { Plot } from '@/prisma/demo/plot';
import type { Presence } from '@/prisma/demo/presence';
import type { Random } from '@/prisma/demo/random';
import type { Timeline } from '@/prisma/demo/timeline';

/** What every part of the story is told with. */
export type World = {
  random: Random;
  calendar: Calendar;
  plot: Plot;
  cast: Cast;
  timeline: Timeline;
  presence: Presence;
};
