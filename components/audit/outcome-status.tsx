import { Status } from '@/components/ui/status';

/** OK or Failed: icon, word and colour. */
export function OutcomeStatus({ outcome }: { outcome: string }) {
  return outcome === 'failure' ? <Status tone="bad">Failed</Status> : <Status tone="ok">OK</Status>;
}
