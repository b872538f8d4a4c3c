import { readFileSync } from 'node:fs';
import { readVersion } from '../src/base/version.ts';

/** The section of `CHANGELOG.md` that tells of this version. */
const text = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const version = readVersion();
const section = text.split(/^## /m).find((one) => one.split('\n')[0] === version);
if (section === undefined) throw new Error(`CHANGELOG.md says nothing of ${version}.`);
process.stdout.write(section.slice(version.length).trim().concat('\n'));
