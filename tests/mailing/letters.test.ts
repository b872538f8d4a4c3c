import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { renderMail } from '../../src/mailing/render-mail.ts';
import { root } from '../workspace.ts';
import { letterSite, readLetter, writeInvented } from './read-letter.ts';

const folder = fileURLToPath(new URL('tests/letters', root));

function showDiagnostic({ file, line, column, severity, rule, message }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${rule} ${message}\n`;
}

/** HTML without its styles, which are the same everywhere. */
function showStructure(html: string): string {
  return `${html.replaceAll(/ style="[^"]*"/g, '')}\n`;
}

const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(names)('%s', (name) => {
  const { letter, content } = readLetter(join(folder, name, 'letter.md'));
  const mail = renderMail(content, letter, letterSite, { target: 'welcome', mergeTags: writeInvented });
  const made = {
    'mail.html': showStructure(mail.body),
    'mail.txt': `Subject: ${mail.subject}\nPreheader: ${mail.preheader}\n\n${mail.text}`,
    'diagnostics.txt': mail.diagnostics.map(showDiagnostic).join(''),
  };

  test.each(Object.entries(made))('%s', async (file, text) => {
    await expect(text).toMatchFileSnapshot(join(folder, name, file));
  });
});

test('the whole document', async () => {
  const { letter, content } = readLetter(join(folder, 'subject-repeated/letter.md'));
  const { html } = renderMail(content, letter, letterSite, { target: 'welcome', mergeTags: writeInvented });
  await expect(html).toMatchFileSnapshot(join(folder, 'subject-repeated', 'document.html'));
});
