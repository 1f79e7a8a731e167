/** Some fields of a setting, as a parsed JSON body names them: one that is undefined says nothing. */
export type Change<Setting> = { readonly [Key in keyof Setting]?: Setting[Key] | undefined };

/** The setting with what the change says, and the rest as it was. */
export function changed<Setting extends object>(setting: Setting, change: Change<Setting>): Setting {
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...setting, ...Object.fromEntries(said) };
}
