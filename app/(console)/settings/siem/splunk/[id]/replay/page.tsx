import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { servedPage } from '@/app/(console)/served-page';
import { ActiveReplay } from '@/components/siem/active-replay';
import { AutoRefresh } from '@/components/siem/auto-refresh';
import { replayHref, replayOutcomes } from '@/components/siem/replay-address';
import { ReplayForm } from '@/components/siem/replay-form';
import { ReplayHistory } from '@/components/siem/replay-history';
import { ReplayNotice } from '@/components/siem/replay-notice';
import { ReplayPreview } from '@/components/siem/replay-preview';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import { listReplays, type ReplayStatus } from '@/lib/siem/replay/list-replays';
import { previewReplay } from '@/lib/siem/replay/preview-replay';
import { lastDay, readTimes } from '@/lib/siem/replay/read-times';
import { getIntegrationStatus } from '@/lib/siem/status';
import { cancelReplayAction, pauseReplayAction, resumeReplayAction, startReplayAction } from './actions';

export const metadata: Metadata = { title: 'Replay' };

const searchSchema = z.object({
  done: z.enum(replayOutcomes).optional().catch(undefined),
  from: z.string().max(40).optional().catch(''),
  to: z.string().max(40).optional().catch(''),
});

type PageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const actions = { pause: pauseReplayAction, resume: resumeReplayAction, cancel: cancelReplayAction };
const isActive = ({ state }: ReplayStatus) => state === 'running' || state === 'paused';

export default servedPage(async function ReplayPage({ params, searchParams }: PageProps) {
  const { organization, user } = await requirePermission('siem.read');
  const [{ id }, search, zone] = await Promise.all([params, searchParams, timeZone()]);
  const [integration, replays] = await Promise.all([
    getIntegrationStatus(organization.id, id),
    listReplays(organization.id, id),
  ]);
  if (!integration) notFound();
  const mayManage = can(user.role, 'siem.manage');
  const { done, from, to } = searchSchema.parse(search);
  const active = replays.filter(isActive);
  const now = new Date();
  const chosen = from !== undefined || to !== undefined;
  const times = chosen ? { from: from ?? '', to: to ?? '' } : lastDay(now, zone);
  const read = readTimes(times, zone);

  return (
    <>
      <PageHeader
        title="Replay"
        description={`Sends earlier events to ${integration.name} once more, unchanged. New events always go first.`}
      />
      <div className="grid gap-4">
        {done && <ReplayNotice done={done} />}
        {active.map((replay) => (
          <ActiveReplay
            key={replay.id}
            integrationId={id}
            replay={replay}
            zone={zone}
            actions={mayManage ? actions : undefined}
          />
        ))}
        {mayManage && (
          <Card aria-labelledby="new-replay">
            <CardHeader
              titleId="new-replay"
              title="Send events again"
              description="Choose when they happened. You see what would be sent before anything is."
            />
            <CardBody>
              <ReplayForm integrationId={id} times={times} problems={read.problems} zone={zone} />
            </CardBody>
            {chosen && read.range && (
              <ReplayPreview
                integration={integration}
                range={read.range}
                preview={await previewReplay(organization.id, id, read.range)}
                zone={zone}
                start={startReplayAction}
              />
            )}
          </Card>
        )}
        <ReplayHistory replays={replays.filter((replay) => !isActive(replay))} zone={zone} />
        {/* Not beside a summary of errors: it would take the focus anew each time. */}
        {active.length > 0 && read.problems.length === 0 && (
          <AutoRefresh asOf={formatTime(now, zone)} href={replayHref(id)} />
        )}
      </div>
    </>
  );
});
