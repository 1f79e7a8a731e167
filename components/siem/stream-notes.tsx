import { Code } from '@/components/ui/code';
import type { IntegrationStatus } from '@/lib/siem/status';

/** Who is told when nobody looks at this page. */
export function MailNote({ isMailConfigured }: { isMailConfigured: boolean }) {
  return (
    <p className="text-sm text-muted">
      {isMailConfigured ? (
        'Admins get a mail within a minute when sending stops, when it has failed for an hour, once a day while that lasts, and once when it is over.'
      ) : (
        <>
          Nobody gets a mail when sending stops, because e-mail is not set up: set <Code>SMTP_URL</Code> and{' '}
          <Code>MAIL_FROM</Code> on the server.
        </>
      )}
    </p>
  );
}

/** How somebody who watches Splunk tells a quiet organization from a broken stream. */
export function HeartbeatNote({ minutes }: { minutes: IntegrationStatus['heartbeatMinutes'] }) {
  return (
    <p className="text-sm text-muted">
      {minutes === null ? (
        'No heartbeat is sent: in Splunk silence may mean that nothing happened, or that nothing arrives.'
      ) : (
        <>
          After {minutes === 1 ? 'a minute' : `${minutes.toLocaleString('en')} minutes`} without an event a{' '}
          <Code>siem.heartbeat</Code> is recorded and sent, so that Splunk can tell silence from a broken
          stream.
        </>
      )}
    </p>
  );
}
