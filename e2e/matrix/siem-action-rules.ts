import { type ActionRules, id, thing } from '@/e2e/matrix/action-rule';
import type { Things } from '@/e2e/matrix/things';

const siem = { needs: 'siem.manage', confirmed: true } as const;
const replay = {
  needs: 'siem.manage',
  ...thing,
  fields: ({ integration, replay }: Things) => ({ integration, id: replay }),
} as const;
const stream = { needs: 'siem.manage', ...thing } as const;
const connection = { hecUrl: 'https://127.0.0.1:8088', index: 'audit', name: 'Renamed' };
const token = { hecToken: '0a5c6d7e-1f20-4a31-8b42-5c6d7e8f9a0b', intent: 'save', anyway: 'on' };

/** What an admin may do with the streams, in this order. */
export const siemActionRules: ActionRules = {
  'app/(console)/settings/siem/splunk/[id]/parked/actions.ts': {
    retryParkedAction: {
      needs: 'siem.manage',
      ...thing,
      fields: ({ integration, parked }) => ({ id: integration, seq: parked }),
      done: 'to /settings/siem/splunk/ID/parked?done=retried&seq=SEQ',
    },
    dismissParkedAction: {
      ...siem,
      ...thing,
      fields: ({ integration, parked }) => ({ id: integration, seq: parked, reason: 'A test' }),
      done: 'to /settings/siem/splunk/ID/parked?done=dismissed&seq=SEQ',
    },
    retryAllParkedAction: {
      needs: 'siem.manage',
      ...thing,
      fields: id('integration'),
      done: 'to /settings/siem/splunk/ID/parked?done=all-retried',
    },
  },
  'app/(console)/settings/siem/splunk/[id]/replay/actions.ts': {
    resumeReplayAction: { ...replay, done: 'to /settings/siem/splunk/ID/replay?done=resumed' },
    pauseReplayAction: { ...replay, done: 'to /settings/siem/splunk/ID/replay?done=paused' },
    cancelReplayAction: { ...replay, done: 'to /settings/siem/splunk/ID/replay?done=cancelled' },
    startReplayAction: {
      ...siem,
      ...thing,
      fields: id('integration', { from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' }),
      done: 'to /settings/siem/splunk/ID/replay?done=started',
    },
  },
  'app/(console)/settings/siem/actions.ts': {
    addIntegrationAction: {
      ...siem,
      fields: () => ({ ...connection, ...token, name: 'Another' }),
      done: 'to /settings/siem?added=ID',
    },
    pauseIntegrationAction: { ...siem, ...thing, fields: id('integration'), done: 'to /settings/siem' },
    resumeIntegrationAction: { ...stream, fields: id('integration'), done: 'to /settings/siem' },
    retryIntegrationAction: {
      ...stream,
      fields: id('integration'),
      done: 'to /settings/siem/splunk/ID?retried=1',
    },
    // Nobody could have stored that token: nothing leaves.
    sendTestEventAction: {
      ...siem,
      ...thing,
      fields: id('integration'),
      done: '200 The stored HEC token cannot be read',
    },
    editIntegrationAction: {
      ...siem,
      ...thing,
      fields: id('integration', { ...connection, ...token }),
      done: 'to /settings/siem?changed=ID',
    },
    replaceTokenAction: {
      ...siem,
      ...thing,
      fields: id('integration', token),
      done: 'to /settings/siem?changed=ID',
    },
    countEarlierAction: { needs: 'siem.manage', fields: () => ({ startFrom: '2026-01-01' }), done: '200' },
    deleteIntegrationAction: {
      ...siem,
      ...thing,
      fields: id('integration', { confirmation: 'Renamed' }),
      done: 'to /settings/siem?deleted=1',
    },
  },
};
