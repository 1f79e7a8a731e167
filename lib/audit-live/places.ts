/** Pages that are told of new events at the same time, by this process. More is no reader but a program. */
const most = { person: 8, organization: 100 };

type Viewer = { organizationId: string; personId: string };

const taken = new Map<string, number>();

/** A place among those who are told; undefined when the person or the organization has too many. Give it back by calling it. */
export function takePlace({ organizationId, personId }: Viewer): (() => void) | undefined {
  const places: [key: string, limit: number][] = [
    [`person ${personId}`, most.person],
    [`organization ${organizationId}`, most.organization],
  ];
  const count = (key: string) => taken.get(key) ?? 0;
  if (places.some(([key, limit]) => count(key) >= limit)) return undefined;
  for (const [key] of places) taken.set(key, count(key) + 1);
  return () => {
    for (const [key] of places) {
      if (count(key) > 1) taken.set(key, count(key) - 1);
      else taken.delete(key);
    }
  };
}
