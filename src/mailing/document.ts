import { escapeHtml } from '../base/escape-html.ts';
import { letterWidth, pageStyles, writeStyleSheet } from './style.ts';

/** What a letter's document is made of; all of it is HTML but the language. */
interface LetterDocument {
  /** BCP 47. */
  readonly lang: string;
  readonly title: string;
  readonly preheader: string;
  readonly body: string;
}

/** What keeps the words of the letter out of the line that mail programs show beside the subject, after the preheader. */
const filler = '&#847;&zwnj;&nbsp;'.repeat(60);

/** Languages that are written from right to left, whatever their region. */
const rightToLeft = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)(?:-|$)/i;

const hidden =
  'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;color:transparent;mso-hide:all';

const table = 'role="presentation" border="0" cellpadding="0" cellspacing="0"';

/** A letter as one document: a column as wide as the screen, and no wider than mail is; Outlook is told so by a table of its own. */
export function writeLetter({ lang, title, preheader, body }: LetterDocument): string {
  const { page, letter } = pageStyles;
  const side = rightToLeft.test(lang) ? 'dir="rtl" align="right"' : 'dir="ltr" align="left"';
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<!--[if mso]><noscript><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]-->
<style>${writeStyleSheet()}</style>
</head>
<body class="page" style="${page.style}">
${preheader === '' ? '' : `<div style="${hidden}">${preheader}${filler}</div>\n`}<table ${table} width="100%" class="page" style="${page.style}"><tr><td align="center">
<!--[if mso]><table ${table} width="${letterWidth}"><tr><td><![endif]-->
<table ${table} width="100%" style="max-width:${letterWidth}px;table-layout:fixed"><tr><td class="letter" ${side} style="${letter.style.replaceAll('"', '&quot;')}">
${body}
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}

/** What stands in a document that `writeLetter` wrote. */
export function readLetterBody(document: string): string {
  const cell = document.indexOf('<td class="letter"');
  const start = document.indexOf('>\n', cell) + 2;
  return document.slice(start, document.lastIndexOf('\n</td></tr></table>\n<!--[if mso]>'));
}
