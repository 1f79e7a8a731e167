import { PreferenceForms, type PreferenceFormsProps } from '@/components/account/preference-forms';
import { Card, CardBody, CardHeader } from '@/components/ui/card';

/** How this browser shows the console. */
export function DisplayCard(props: PreferenceFormsProps) {
  return (
    <Card aria-labelledby="display-title">
      <CardHeader titleId="display-title" title="Display" description="Kept in this browser only." />
      <CardBody>
        <PreferenceForms {...props} />
      </CardBody>
    </Card>
  );
}
