import { Notice } from '@/components/ui/notice';
import type { BrokenPlace } from '@/lib/integrity/verification/broken-places';

/** What a broken log means, and what to do before anything else; with every place that verifications have found. */
export function BrokenChain({ places: [first, ...others] }: { places: readonly BrokenPlace[] }) {
  if (!first) return null;
  const { seq, reason } = first;
  return (
    <Notice tone="bad" title={`Broken at No. ${seq}: ${reason}`}>
      {others.map((place) => (
        <p key={place.seq}>
          Also at No. {place.seq}: {place.reason}.
        </p>
      ))}
      <p>
        Somebody or something changed the database past Tracekeep. What stands before No. {seq} is proved;
        nothing is said about what follows.
      </p>
      <ol className="mt-2 grid list-decimal gap-1 pl-5">
        <li>Keep a copy of the database as it is. Do not restore, migrate or delete anything.</li>
        <li>
          Look up No. {seq} and its neighbours in Splunk or an earlier export: what left the house is not
          changed by it.
        </li>
        <li>Find out who could write to the database since, and change its passwords.</li>
        <li>Verify from No. {seq} on for further places; each is named by a verification of its own.</li>
      </ol>
    </Notice>
  );
}
