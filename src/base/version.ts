import { readFileSync } from 'node:fs';

/** The program's version, as its package says; what is published lies one folder below it too. */
export function readVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return version;
}
