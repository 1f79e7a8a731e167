import type { ReactNode } from 'react';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Status } from '@/components/ui/status';

type MethodCardProps = {
  id: string;
  icon: ReactNode;
  title: string;
  description: ReactNode;
  /** Instead of "On" and "Off". */
  state?: string;
  enabled: boolean;
  children: ReactNode;
};

/** A way of signing in: what it is, whether it is on, what can be done about it. */
export function MethodCard({ id, icon, title, description, state, enabled, children }: MethodCardProps) {
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        icon={icon}
        title={title}
        titleId={id}
        description={description}
        actions={
          <Status tone={enabled ? 'ok' : 'neutral'} look="pill">
            {state ?? (enabled ? 'On' : 'Off')}
          </Status>
        }
      />
      <CardBody className="grid gap-3.5">{children}</CardBody>
    </Card>
  );
}
