import { type RefObject, useEffect } from 'react';
import { defaultPageSize } from '@/lib/audit/filter/page-size';

/** What says nothing: an empty field, and what holds without it. */
const silent = ([name, value]: [string, FormDataEntryValue]) =>
  value === '' ||
  (name === 'range' && value === 'all') ||
  (name === 'size' && value === String(defaultPageSize));

/**
 * Leaves out of a search what says nothing, as the server would. With that it need not lead on to the shorter address, at
 * which the browser would make all of the page anew: the focus and Live stay as they are.
 */
export function useShortAddress(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const form = field.current?.form;
    const shorten = ({ formData }: FormDataEvent) => {
      const said = [...formData].filter((entry) => !silent(entry));
      for (const name of new Set(formData.keys())) formData.delete(name);
      for (const [name, value] of said.length > 0 ? said : [['range', 'all'] as const])
        formData.append(name, value);
    };
    form?.addEventListener('formdata', shorten);
    return () => form?.removeEventListener('formdata', shorten);
  }, [field]);
}
