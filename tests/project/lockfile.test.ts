import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../workspace.ts';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const lockfile: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(new URL('package-lock.json', root), 'utf8'),
);

it('holds the packages of every platform, so that "npm ci" works on each', () => {
  const missing = Object.entries(lockfile.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        lockfile.packages[`node_modules/${name}`] === undefined &&
        lockfile.packages[`${place}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});

it('names no registry, so that any mirror serves', () => {
  expect(Object.values(lockfile.packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
});
