import { type ActionRule, id, thing } from '@/e2e/matrix/action-rule';

const siem = { needs: 'siem.manage', confirmed: true } as const;
const connection = { hecUrl: 'https://127.0.0.1:8088', index: 'audit', name: 'Renamed' };
const token = { hecToken: '0a5c6d7e-1f20-4a31-8b42-5c6d7e8f9a0b', intent: 'save', anyway: 'on' };

/** The actions of the integrations, in the order in which an admin may do them. */
export const siemRules: Record<string, Record<string, ActionRule>> = {
  'app/(console)/settings/siem/actions.ts': {
    addIntegrationAction: {
      ...siem,
      fields: () => ({ ...connection, ...token, name: 'Another' }),
      done: 'to /settings/siem?added=ID',
    },
    pauseIntegrationAction: { ...siem, ...thing, fields: id('integration'), done: 'to /settings/siem' },
    resumeIntegrationAction: {
      needs: 'siem.manage',
      ...thing,
      fields: id('integration'),
      done: 'to /settings/siem',
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
