/** Who is left without a way in when a method is switched off, or deleted for good. */
export function dependentsSentence(dependents: number, activePeople: number, forGood = false): string {
  if (dependents === 0) return 'Everybody who can sign in now has another way.';
  const who = dependents === 1 ? '1 has' : `${dependents.toLocaleString('en')} have`;
  const then = forGood ? 'could not sign in any more.' : 'cannot sign in until this one is on again.';
  return `Of ${activePeople.toLocaleString('en')} active people ${who} no other way, and ${then}`;
}
