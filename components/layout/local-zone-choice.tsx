'use client';

import { MapPin } from 'lucide-react';
import { MenuChoice } from '@/components/ui/menu-choice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { formatZone } from '@/lib/format-time';

/** "Local": the zone of this browser. The server cannot know it, so the choice appears once JavaScript runs. */
export function LocalZoneChoice({ timeZone }: { timeZone: string }) {
  const hydrated = useHydrated();
  const local = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  if (local === 'UTC') return null;
  return (
    <MenuChoice
      name="timeZone"
      value={local}
      icon={<MapPin />}
      chosen={local === timeZone}
      note={`${local.replaceAll('_', ' ')}, ${formatZone(new Date(), local)}`}
    >
      Local
    </MenuChoice>
  );
}
