'use client';

import { useEffect, useRef } from 'react';
import { LinkBox } from '@/components/members/link-box';
import { invitationsHref, memberHref, membersPath } from '@/components/members/paths';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Status } from '@/components/ui/status';
import type { Invited } from '@/lib/members/invitations/invite-members';

/** What became of each address. Takes the focus, as it stands where the form was. */
export function InviteResults({ results }: { results: readonly Invited[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const invited = results.filter(({ outcome }) => ['sent', 'link', 'unsent'].includes(outcome)).length;
  const links = results.filter((result) => 'url' in result).length;
  return (
    // biome-ignore lint/a11y/noAutofocus: without JavaScript this is what the page was sent back for
    <div ref={box} tabIndex={-1} autoFocus role="status" className="grid gap-4 focus:outline-none">
      <Notice tone={invited > 0 ? 'ok' : 'warn'} title={summary(invited)}>
        {links > 0 &&
          'Links are shown now and never again. Each works once, for 72 hours, for its address only.'}
      </Notice>
      <ul className="divide-y divide-line border-y border-line">
        {results.map((result) => (
          <li key={result.email} className="grid gap-2 py-3">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="min-w-0 flex-1 basis-48 font-medium [overflow-wrap:anywhere]">
                {result.email}
              </span>
              <Outcome result={result} />
            </div>
            {'url' in result && <LinkBox url={result.url} email={result.email} />}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2.5">
        <Button href={invitationsHref()} variant="primary">
          Go to invitations
        </Button>
        <Button href={membersPath} variant="ghost">
          Go to members
        </Button>
      </div>
    </div>
  );
}

function summary(invited: number): string {
  if (invited === 0) return 'Nobody was invited.';
  return invited === 1 ? '1 person is invited.' : `${invited} people are invited.`;
}

function Outcome({ result }: { result: Invited }) {
  switch (result.outcome) {
    case 'sent':
      return <Status tone="ok">Invitation sent</Status>;
    case 'link':
      return <Status tone="ok">Invited: hand over this link</Status>;
    case 'unsent':
      return <Status tone="warn">Not sent. {result.problem} Hand over this link</Status>;
    case 'member':
      return (
        <Status tone="neutral">
          Already <MemberLink id={result.memberId}>a member</MemberLink>
        </Status>
      );
    case 'deactivated':
      return (
        <Status tone="warn">
          Deactivated: <MemberLink id={result.memberId}>reactivate them</MemberLink> instead
        </Status>
      );
    case 'limited':
      return <Status tone="warn">Not invited. {result.problem}</Status>;
  }
}

function MemberLink({ id, children }: { id: string; children: string }) {
  return (
    <a href={memberHref(id)} className="underline underline-offset-3">
      {children}
    </a>
  );
}
