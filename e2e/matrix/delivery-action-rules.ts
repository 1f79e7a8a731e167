import type { ActionRule } from '@/e2e/matrix/action-rules';
import type { Things } from '@/e2e/matrix/things';

const manage = { needs: 'siem.manage', ofOneThing: true } as const;
const replay = {
  ...manage,
  fields: ({ integration, replay }: Things) => ({ integration, id: replay }),
} as const;
const everything = { from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' };

/** Of parked events and replays, by file and name; part of the actions of the whole product. */
export const deliveryActionRules: Record<string, Record<string, ActionRule>> = {
  'app/(console)/settings/siem/splunk/[id]/parked/actions.ts': {
    retryParkedAction: {
      ...manage,
      fields: ({ integration, parked }) => ({ id: integration, seq: parked }),
      done: 'to /settings/siem/splunk/ID/parked?done=retried&seq=SEQ',
    },
    dismissParkedAction: {
      ...manage,
      confirmed: true,
      fields: ({ integration, parked }) => ({ id: integration, seq: parked, reason: 'A test' }),
      done: 'to /settings/siem/splunk/ID/parked?done=dismissed&seq=SEQ',
    },
    retryAllParkedAction: {
      ...manage,
      fields: ({ integration }) => ({ id: integration }),
      done: 'to /settings/siem/splunk/ID/parked?done=all-retried',
    },
  },
  'app/(console)/settings/siem/splunk/[id]/replay/actions.ts': {
    resumeReplayAction: { ...replay, done: 'to /settings/siem/splunk/ID/replay?done=resumed' },
    pauseReplayAction: { ...replay, done: 'to /settings/siem/splunk/ID/replay?done=paused' },
    cancelReplayAction: { ...replay, done: 'to /settings/siem/splunk/ID/replay?done=cancelled' },
    startReplayAction: {
      ...manage,
      confirmed: true,
      fields: ({ integration }) => ({ id: integration, ...everything }),
      done: 'to /settings/siem/splunk/ID/replay?done=started',
    },
  },
};
