import { Code } from '@/components/ui/code';

/** Who is told when nobody looks at this page. */
export function MailRule({ isMailConfigured }: { isMailConfigured: boolean }) {
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
