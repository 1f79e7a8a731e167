import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { SchedulePreview } from '@/lib/scans/schedule/preview';

/** What a schedule means: a sentence, the next runs with their offsets, and what clock changes do to it. */
export function SchedulePreviewCard({
  preview,
  title,
  announce,
}: {
  preview: SchedulePreview;
  title: string;
  /** True for what the person has just asked for. */
  announce?: boolean;
}) {
  return (
    <Card aria-labelledby="next-runs">
      <CardHeader titleId="next-runs" title={title} />
      <CardBody className="grid gap-3">
        <div role={announce ? 'status' : undefined} className="grid gap-3">
          <p>
            <span className="font-medium">{preview.sentence}</span>
            <span className="text-muted">, {preview.timeZone.replaceAll('_', ' ')}</span>
          </p>
          <ol className="grid gap-1 tabular-nums">
            {preview.runs.map((run) => (
              <li key={run}>{run}</li>
            ))}
          </ol>
        </div>
        {preview.notes.map((note) => (
          <Notice key={note} tone="info">
            {note}
          </Notice>
        ))}
      </CardBody>
    </Card>
  );
}
