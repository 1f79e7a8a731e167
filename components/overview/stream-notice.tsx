import type { SiemState } from '@/components/layout/siem-dot';
import { Button } from '@/components/ui/button';
import { Notice, type NoticeTone } from '@/components/ui/notice';

const notices: Record<SiemState | 'none', { tone: NoticeTone; title: string; text: string }> = {
  healthy: { tone: 'ok', title: 'Splunk is up to date', text: 'Every event is sent as it happens.' },
  degraded: {
    tone: 'warn',
    title: 'Splunk does not answer as it should',
    text: 'Events wait and are sent again until they arrive. Nothing is lost.',
  },
  blocked: {
    tone: 'bad',
    title: 'Sending to Splunk has stopped',
    text: 'A setting has to be put right. Events wait; nothing is lost.',
  },
  paused: { tone: 'info', title: 'Sending to Splunk is paused', text: 'Events wait until it is resumed.' },
  none: {
    tone: 'info',
    title: 'No events leave this server yet',
    text: 'Add a Splunk integration to have each event forwarded as it happens.',
  },
};

/** How the streams stand, and the one page to go to about it. */
export function StreamNotice({ state, mayManage }: { state: SiemState | undefined; mayManage: boolean }) {
  const { tone, title, text } = notices[state ?? 'none'];
  const open = state ? 'Open SIEM' : 'Add a Splunk integration';
  return (
    <Notice
      tone={tone}
      title={title}
      action={
        (state || mayManage) && (
          <Button href={state ? '/settings/siem' : '/settings/siem/splunk/new'}>{open}</Button>
        )
      }
    >
      {text}
    </Notice>
  );
}
