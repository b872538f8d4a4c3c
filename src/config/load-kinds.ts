/** The kinds that a section of the config names, whatever else is wrong with it. */
export function namedKinds(value: unknown, key: 'sources' | 'targets'): readonly string[] {
  const section: unknown = value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined;
  if (section === null || typeof section !== 'object') return [];
  return Object.values(section).flatMap((entry: unknown) => {
    const kind: unknown =
      entry !== null && typeof entry === 'object' ? Reflect.get(entry, 'kind') : undefined;
    return typeof kind === 'string' ? [kind] : [];
  });
}

/** Loads the named kinds, or all kinds if none of the names is known, so that faults can list them. */
export async function loadKinds<Kind extends { readonly kind: string }>(
  registry: Readonly<Record<string, () => Promise<Kind>>>,
  names: readonly string[],
): Promise<ReadonlyMap<string, Kind>> {
  const known = Object.keys(registry);
  const wanted = names.every((name) => known.includes(name)) && names.length > 0 ? new Set(names) : known;
  const kinds = new Map<string, Kind>();
  for (const name of wanted) {
    const load = registry[name];
    if (load !== undefined) kinds.set(name, await load());
  }
  return kinds;
}
