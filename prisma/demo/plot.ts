import { type Calendar, hourMs, later, minuteMs } from '@/prisma/demo/calendar';

/** The turning points, on which people, rows and events have to agree. */
export type Plot = ReturnType<typeof plotOf>;

export function plotOf(calendar: Calendar) {
  /**
   * So many days ago, or on the next working day: at most two days later. What has to come after something else is three
   * days later, or later in the day as well.
   */
  const on = (daysAgo: number, time: string) => calendar.at(calendar.workday(daysAgo), time);
  const emailDisabled = on(33, '09:10:12.481');
  const larsDemoted = on(9, '16:42:17.304');
  const tomasDeactivated = on(50, '11:05:40.118');
  const attack = later(calendar.now, -5 * hourMs);
  return {
    founded: on(89, '08:03:21.650'),
    danielPromoted: on(82, '10:31:05.212'),
    larsPromoted: on(70, '14:12:48.901'),
    jonasPromoted: on(40, '09:47:33.077'),
    chloeRenamed: on(25, '12:20:09.555'),

    googleEnabled: on(80, '10:12:44.019'),
    graceLinked: on(78, '19:02:51.338'),
    graceUnlinked: on(64, '18:00:27.615'),
    googleDisabled: on(61, '16:20:31.733'),
    oidcMistyped: on(76, '09:02:11.402'),
    oidcDeleted: on(74, '09:26:54.870'),
    oidcConfigured: on(70, '09:35:37.266'),
    oidcUpdated: on(69, '09:48:02.931'),
    oidcEnabled: on(68, '10:00:00.342'),
    oidcLinked: on(67, '10:22:19.580'),
    oidcDisabled: on(4, '15:38:26.714'),
    emailDisabled,
    emailEnabled: later(emailDisabled, 42 * minuteMs + 8_213),

    tomasDeactivated,
    tomasReactivated: later(tomasDeactivated, 9 * minuteMs + 31_077),
    larsDemoted,
    larsDeactivated: later(larsDemoted, 23 * minuteMs + 12_840),

    /** Somebody guesses passwords for half an hour; then the admins answer. */
    attack,
    attackEnded: later(attack, 31 * minuteMs),
  };
}
