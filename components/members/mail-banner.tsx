import { Code } from '@/components/ui/code';
import { Notice } from '@/components/ui/notice';

/** For an installation without a mail server. */
export function MailBanner() {
  return (
    <Notice tone="info" title="E-mail is not set up">
      An invitation makes a link that you copy and hand over yourself. To have it sent, set{' '}
      <Code>SMTP_URL</Code> and <Code>MAIL_FROM</Code> on the server.
    </Notice>
  );
}
