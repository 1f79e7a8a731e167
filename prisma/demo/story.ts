import { tellAttack, tellGuess, tellNoise } from '@/prisma/demo/attacks';
import { tellBuildScan, tellBuilds } from '@/prisma/demo/builds';
import { createCalendar, later, minuteMs } from '@/prisma/demo/calendar';
import { castOf, iphone } from '@/prisma/demo/cast';
import { tellCheckpoints } from '@/prisma/demo/checkpoints';
import { tellExports } from '@/prisma/demo/exports';
import { tellKeys } from '@/prisma/demo/keys';
import { tellMembers } from '@/prisma/demo/members';
import { plotOf } from '@/prisma/demo/plot';
import { createPresence } from '@/prisma/demo/presence';
import { createRandom } from '@/prisma/demo/random';
import { tellRefusals } from '@/prisma/demo/refusals';
import { tellRoutine } from '@/prisma/demo/routine';
import { tellScans } from '@/prisma/demo/scans';
import { tellSignInMethods } from '@/prisma/demo/sign-in-methods';
import { tellSplunkTrial } from '@/prisma/demo/splunk';
import { tellHeartbeats } from '@/prisma/demo/splunk-delivery';
import { createTimeline } from '@/prisma/demo/timeline';

/** Enough for a log that has to be searched rather than read. */
export const eventCount = 20_000;

/** Any number: the same one tells the same story. */
const seed = 20_261_124;

/**
 * What an organization went through in the ninety days before `now`: who is who, what they have in the end, and the
 * {@link eventCount} events by which it came about. `splunkPage` is an address on this machine that a scan may look at.
 */
export function tellStory(now: Date, splunkPage?: string) {
  const random = createRandom(seed);
  const calendar = createCalendar(now);
  const plot = plotOf(calendar);
  const cast = castOf(random, calendar, plot);
  const timeline = createTimeline(now);
  const presence = createPresence({ random, calendar, plot, cast, timeline });
  const world = { random, calendar, plot, cast, timeline, presence };
  const connectionId = random.uuid();

  const invitations = tellMembers(world);
  tellSignInMethods(world, { connectionId });
  tellRefusals(world);
  const keys = tellKeys(world);
  const trial = tellSplunkTrial(world);
  tellExports(world);
  tellRoutine(world);
  tellNoise(world);
  tellAttack(world);
  const scans = tellScans(world, { splunkPage });
  // Two other browsers in which the admin of the demo is signed in.
  presence.signIn(cast.alice, later(now, -50 * minuteMs), later(now, -4 * minuteMs), { closed: false });
  presence.signIn(cast.alice, later(now, -90 * minuteMs), later(now, -9 * minuteMs), {
    ...iphone,
    closed: false,
  });

  tellHeartbeats(world, trial);
  tellCheckpoints(world);

  // Builds fill up what is left.
  const scan = tellBuildScan(world);
  const runs = tellBuilds(world, scan, keys, Math.floor((eventCount - timeline.count()) / 2));
  if (timeline.count() < eventCount) tellGuess(world);

  return {
    ...world,
    connectionId,
    invitations,
    keys: keys.all,
    scans: [...scans, { scan, runs }],
    sessions: presence.sessions,
  };
}
