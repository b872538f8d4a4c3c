import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { auditBody } from '../../src/blog/audit-body.ts';
import { auditLinks } from '../../src/blog/audit-links.ts';
import { chooseContent } from '../../src/transform/choose-content.ts';
import { fixtureFolder, fixtures, fixtureTargets, siteAround } from '../rendition-fixtures.ts';

function showDiagnostic({ file, line, column, severity, rule, message }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${rule} ${message}\n`;
}

describe.each(fixtures)('$name', ({ name, post, content, diagnostics }) => {
  const site = siteAround(post);
  const hasFiles = existsSync(join(fixtureFolder, name, 'static'));
  /** Most fixtures name pictures that nobody needs. */
  const isMeant = ({ rule }: Diagnostic): boolean => rule !== 'post-file-missing' || hasFiles;

  test.each(fixtureTargets)('$kind', async (target) => {
    const before = structuredClone(content);
    const { rendition } = await target.render(post, chooseContent(content, target), site);
    expect(content).toEqual(before);
    await expect(rendition.body).toMatchFileSnapshot(
      join(fixtureFolder, name, `${target.kind}.${target.extension}`),
    );
  });

  test('diagnostics', async () => {
    const rendered = await Promise.all(
      fixtureTargets.map((target) => target.render(post, chooseContent(content, target), site)),
    );
    const found = [
      ...diagnostics,
      ...fixtureTargets.flatMap((target) => {
        const body = chooseContent(content, target);
        return [...auditBody(post, body), ...auditLinks(post, body, site, new Map()).filter(isMeant)];
      }),
      ...rendered.flatMap((one) => one.diagnostics),
    ];
    await expect([...new Set(found.map(showDiagnostic))].join('')).toMatchFileSnapshot(
      join(fixtureFolder, name, 'diagnostics.txt'),
    );
  });
});
