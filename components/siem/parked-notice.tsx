import type { ParkedOutcome } from '@/components/siem/parked-address';
import { Notice } from '@/components/ui/notice';

/** What the form that led here has done. The address only holds a word and a number; the sentences are made here. */
export function ParkedNotice({ done, seq }: { done: ParkedOutcome; seq: string }) {
  switch (done) {
    case 'retried':
      return (
        <Notice tone="ok" announce title={`Event No. ${seq} is sent again.`}>
          If Splunk takes it now, it moves to the settled ones; if not, it comes back with the new reason.
        </Notice>
      );
    case 'all-retried':
      return (
        <Notice tone="ok" announce title="All parked events are sent again.">
          Those that Splunk takes move to the settled ones; the others come back with the new reason.
        </Notice>
      );
    case 'dismissed':
      return (
        <Notice tone="ok" announce title={`Event No. ${seq} was dismissed.`}>
          It is not sent to Splunk. It stays in the audit log, and so does your reason.
        </Notice>
      );
    case 'not-parked':
      return (
        <Notice tone="info" announce title="There was nothing left to retry.">
          What you saw as parked was delivered, dismissed or tried again meanwhile.
        </Notice>
      );
  }
}
