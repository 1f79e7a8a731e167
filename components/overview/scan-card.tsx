import { Radar } from 'lucide-react';
import Link from 'next/link';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { ScanResult } from '@/lib/overview/scan-results';

const shown = 5;

/** How the last runs of the scans ended, for those who have no log to read. */
export function ScanCard({ scans, zone }: { scans: readonly ScanResult[]; zone: string }) {
  return (
    <Card aria-labelledby="scans-title">
      <CardHeader titleId="scans-title" title="Scans" />
      {scans.length === 0 ? (
        <EmptyState icon={<Radar />} title="No scans yet" level={3}>
          What scans find out about your sites appears here. An admin creates them.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {scans.slice(0, shown).map((scan) => (
            <li key={scan.id} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-4.5 py-2.5">
              <Link
                href={`/scans/${scan.id}`}
                className="min-w-0 flex-1 basis-40 font-medium [overflow-wrap:anywhere] underline-offset-4 hover:underline"
              >
                {scan.name}
              </Link>
              <span className="text-sm">{resultOf(scan)}</span>
              {scan.endedAt && (
                <Time
                  value={scan.endedAt}
                  zone={zone}
                  precision="minute"
                  withOffset
                  className="text-sm text-muted"
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <CardFooter className="gap-4!">
        <FooterLink href="/scans">All scans</FooterLink>
        <FooterLink href="/account">Your account</FooterLink>
      </CardFooter>
    </Card>
  );
}

function resultOf({ status, grade, findings }: ScanResult): string {
  if (status === null) return 'Not run yet';
  if (status === 'failed') return 'Last run failed';
  return `Grade ${grade ?? '–'}, ${findings ?? 0} ${findings === 1 ? 'problem' : 'problems'}`;
}

function FooterLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="font-medium text-accent underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
