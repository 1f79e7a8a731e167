import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FormAction } from '@/components/ui/form-action';
import { Menu } from '@/components/ui/menu';
import { MenuChoice } from '@/components/ui/menu-choice';
import type { Theme } from '@/lib/preferences';

const themes: Record<Theme, { word: string; icon: ReactNode }> = {
  system: { word: 'System', icon: <Monitor /> },
  light: { word: 'Light', icon: <Sun /> },
  dark: { word: 'Dark', icon: <Moon /> },
};

/** Posts `theme`. */
export function ThemeControl({ theme, action }: { theme: Theme; action: FormAction }) {
  return (
    <Menu size="icon" icon={themes[theme].icon} label={`Theme: ${themes[theme].word}`} className="w-40!">
      <form action={action}>
        {(['system', 'light', 'dark'] as const).map((value) => (
          <MenuChoice
            key={value}
            name="theme"
            value={value}
            icon={themes[value].icon}
            chosen={value === theme}
          >
            {themes[value].word}
          </MenuChoice>
        ))}
      </form>
    </Menu>
  );
}
