import { cva } from 'class-variance-authority';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type NoticeTone = 'info' | 'ok' | 'warn' | 'bad';

const icons: Record<NoticeTone, ReactNode> = {
  info: <Info className="mt-0.5 text-accent" />,
  ok: <CircleCheck className="mt-0.5 text-ok" />,
  warn: <TriangleAlert className="mt-0.5 text-warn" />,
  bad: <CircleAlert className="mt-0.5 text-bad" />,
};

const noticeStyle = cva('flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl border px-4 py-3', {
  variants: {
    tone: {
      info: 'border-accent/40 bg-accent-soft',
      ok: 'border-ok/40 bg-ok-soft',
      warn: 'border-warn/40 bg-warn-soft',
      bad: 'border-bad/40 bg-bad-soft',
    },
  },
});

type NoticeProps = {
  tone: NoticeTone;
  title?: ReactNode;
  /** One control that does something about it. */
  action?: ReactNode;
  /** True for the result of what the user just did: it is announced. Not for states of the world. */
  announce?: boolean;
  children?: ReactNode;
};

/** A message that stays: what happened in bold, the cause and the cure after it. */
export function Notice({ tone, title, action, announce = false, children }: NoticeProps) {
  return (
    <div className={noticeStyle({ tone })} role={announce ? 'status' : undefined}>
      <div className="flex min-w-0 flex-1 basis-64 gap-3">
        {icons[tone]}
        {/* A name may be one word that is longer than a phone is wide. */}
        <div className="min-w-0 [overflow-wrap:anywhere]">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div className={title ? 'text-muted' : ''}>{children}</div>}
        </div>
      </div>
      {action}
    </div>
  );
}
