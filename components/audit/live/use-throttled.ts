import { useEffect, useState } from 'react';

/** The text as it was at the last moment at which telling it was due, at most once in `ms`. What is over is taken back at once. */
export function useThrottled(text: string, ms: number): string {
  const [told, setTold] = useState({ text: '', at: 0 });
  useEffect(() => {
    if (text === told.text) return;
    const wait = text === '' ? 0 : Math.max(0, told.at + ms - Date.now());
    const timer = setTimeout(() => setTold({ text, at: text === '' ? told.at : Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [text, told, ms]);
  return told.text;
}
