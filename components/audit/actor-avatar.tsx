import { Bot, CircleHelp, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';

const icons: Record<string, ReactNode> = {
  system: <Bot />,
  api_key: <SquareTerminal />,
  anonymous: <CircleHelp />,
};

/** Initials for a person, an icon for what is none. Decoration beside the name. */
export function ActorAvatar({ type, name }: { type: string; name: string }) {
  return <Avatar name={name} icon={icons[type]} />;
}
