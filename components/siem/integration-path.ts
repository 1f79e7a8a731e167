/** The address of an integration's page, or of one below it. */
export function integrationPath(
  id: string,
  below: '' | '/parked' | '/replay' | '/edit' | '/token' | '/delete' = '',
): string {
  return `/settings/siem/splunk/${id}${below}`;
}
