import { Notice } from '@/components/ui/notice';
import type { IntegrationStatus } from '@/lib/siem/status';

type OutcomeNoticeProps = {
  search: Record<string, string | string[] | undefined>;
  integrations: IntegrationStatus[];
};

/** What the form that led here has done. The address only names an integration; the words are made here. */
export function OutcomeNotice({ search, integrations }: OutcomeNoticeProps) {
  const named = (id: string | string[] | undefined) =>
    integrations.find((integration) => integration.id === id);
  const added = named(search.added);
  if (added) {
    return (
      <Notice tone="ok" announce title={`Splunk integration added: ${added.name}.`}>
        {added.state === 'paused'
          ? 'It is paused. Events are recorded and wait until you resume it.'
          : 'New events are being sent. The first delivery usually appears within seconds.'}
      </Notice>
    );
  }
  const changed = named(search.changed);
  if (changed) {
    return (
      <Notice tone="ok" announce title={`${changed.name} was changed.`}>
        Events that wait go to the new settings. Nothing was lost.
      </Notice>
    );
  }
  if (search.deleted !== undefined) {
    return (
      <Notice tone="ok" announce title="The integration was deleted.">
        Events already in Splunk stay there, and every event stays in the audit log.
      </Notice>
    );
  }
  return null;
}
