/** The families among these actions that a filter can name as `user.*`, `organization.auth.*`: those of two or more. */
export function actionFamilies(actions: readonly string[]): string[] {
  const parents = actions.flatMap((action) => {
    const parts = action.split('.');
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
  });
  return [...new Set(parents)].filter((parent) => parents.filter((other) => other === parent).length > 1);
}
