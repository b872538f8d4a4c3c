/** The options that have no default, by the kind of target that demands them: what tests give where they make one of every kind. */
export const requiredOptions: Readonly<Record<string, object>> = {
  devto: { ai_disclosure: 'no_ai' },
  kit: { sequence: 'welcome' },
};
