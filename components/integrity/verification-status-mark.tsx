import { LoaderCircle } from 'lucide-react';
import { Status, type Tone } from '@/components/ui/status';
import type { VerificationState } from '@/lib/integrity/verification/list-verifications';

const words: Record<VerificationState, readonly [tone: Tone, word: string]> = {
  running: ['neutral', 'Running'],
  intact: ['ok', 'Intact'],
  broken: ['bad', 'Broken'],
  cancelled: ['neutral', 'Cancelled'],
  failed: ['warn', 'Not done'],
};

/** How a verification stands, in one word. */
export function VerificationStatusMark({
  state,
  pill = false,
}: {
  state: VerificationState;
  pill?: boolean;
}) {
  const [tone, word] = words[state];
  return (
    <Status
      tone={tone}
      look={pill ? 'pill' : 'plain'}
      {...(state === 'running' && { icon: <LoaderCircle /> })}
    >
      {word}
    </Status>
  );
}
