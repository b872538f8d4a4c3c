/** The width of a letter in CSS pixels, which every mail program has room for, and what its text has of it. */
export const letterWidth = 600;
export const textWidth = 552;

const sans = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Courier New',monospace";

/** How the elements of a letter look: put into each of them, since Gmail and Outlook look at little else. */
interface MailStyle {
  readonly selector: string;
  readonly style: string;
  /** What is different where the reader has it dark; for programs that know of it. */
  readonly dark?: string;
}

/** The styles of what stands in a letter, the later over the earlier. */
export const bodyStyles: readonly MailStyle[] = [
  { selector: 'p', style: 'margin:0 0 16px' },
  { selector: 'h1', style: 'margin:0 0 20px;font-size:26px;line-height:32px;font-weight:700' },
  { selector: 'h2', style: 'margin:32px 0 12px;font-size:21px;line-height:28px;font-weight:700' },
  { selector: 'h3', style: 'margin:28px 0 10px;font-size:18px;line-height:25px;font-weight:700' },
  { selector: 'h4,h5,h6', style: 'margin:24px 0 8px;font-size:16px;line-height:24px;font-weight:700' },
  { selector: 'a', style: 'color:#0b57d0;text-decoration:underline', dark: 'color:#8ab4f8' },
  { selector: 'ul,ol', style: 'margin:0 0 16px;padding:0 0 0 26px' },
  { selector: 'li', style: 'margin:0 0 6px' },
  { selector: 'li>p', style: 'margin:0 0 10px' },
  { selector: 'li>ul,li>ol', style: 'margin:6px 0 0' },
  { selector: 'dt', style: 'margin:0;font-weight:700' },
  { selector: 'dd', style: 'margin:0 0 12px;padding:0 0 0 20px' },
  {
    selector: 'blockquote',
    style: 'margin:0 0 16px;padding:2px 0 2px 16px;border-left:4px solid #c9ced6',
    dark: 'border-color:#525965',
  },
  { selector: 'blockquote>:last-child', style: 'margin-bottom:0' },
  {
    selector: 'hr',
    style: 'margin:28px 0;border:0;border-top:1px solid #d5d9e0',
    dark: 'border-color:#3d434d',
  },
  { selector: 'img', style: 'max-width:100%;height:auto;border:0' },
  { selector: 'img.wide', style: `display:block;width:100%;max-width:${textWidth}px` },
  {
    selector: 'code,kbd,samp',
    style: `padding:1px 4px;border-radius:3px;background-color:#eef0f3;color:#1f2329;font-family:${mono};font-size:14px`,
    dark: 'background-color:#2b3038;color:#e4e7eb',
  },
  { selector: 'table.box', style: 'width:100%;margin:0 0 16px;table-layout:fixed' },
  {
    selector: 'td.code',
    style: 'padding:14px 16px;border-radius:6px;background-color:#f3f4f6;color:#1f2329',
    dark: 'background-color:#22262d;color:#e4e7eb',
  },
  {
    selector: 'pre',
    style: `margin:0;font-family:${mono};font-size:13px;line-height:20px;white-space:pre-wrap;word-wrap:break-word;overflow-wrap:anywhere`,
  },
  {
    selector: 'pre>code',
    style: 'padding:0;border-radius:0;background-color:transparent;font-size:13px',
    dark: 'background-color:transparent',
  },
  {
    selector: 'td.fold',
    style: 'padding:14px 16px 2px;border:1px solid #d5d9e0;border-radius:6px',
    dark: 'border-color:#3d434d',
  },
  { selector: 'p.summary', style: 'font-weight:700' },
  { selector: 'div.scroll', style: 'margin:0 0 16px;overflow-x:auto' },
  { selector: 'table.data', style: 'border-collapse:collapse;font-size:15px;line-height:22px' },
  {
    selector: 'table.data th,table.data td',
    style: 'padding:6px 10px;border:1px solid #d5d9e0;vertical-align:top',
    dark: 'border-color:#3d434d',
  },
  { selector: 'table.data th', style: 'font-weight:700' },
  { selector: 'table.data th:not([align])', style: 'text-align:left' },
  {
    selector: 'p.caption,p.quiet',
    style: 'font-size:14px;line-height:21px;color:#5b626d',
    dark: 'color:#a4abb6',
  },
  { selector: 'p.caption', style: 'margin:8px 0 16px' },
  { selector: 'p.picture', style: 'margin:0 0 8px' },
  { selector: 'div.notes', style: 'font-size:14px;line-height:21px' },
  { selector: 'sup', style: 'font-size:12px;line-height:0' },
];

/** The styles of the document around it, by the names that its elements have there. */
export const pageStyles = {
  page: { style: 'margin:0;padding:0;background-color:#f4f5f7', dark: 'background-color:#15181c' },
  letter: {
    style: `padding:32px 24px;background-color:#ffffff;color:#1f2329;font-family:${sans};font-size:16px;line-height:25px;word-wrap:break-word;overflow-wrap:break-word`,
    dark: 'background-color:#1c1f24;color:#e4e7eb',
  },
} as const;

const narrow = '@media (max-width:480px){.letter{padding:24px 16px!important}}';

/** The style sheet for programs that read one: what is different in the dark, and on narrow screens. */
export function writeStyleSheet(): string {
  const dark = listDark();
  // Outlook on the web marks what it darkens instead of saying that the reader has it dark.
  return `:root{color-scheme:light dark;supported-color-schemes:light dark}${narrow}${whereDark(writeRules(dark))}${writeRules(dark, '[data-ogsc]')}`;
}

/** The same where a view is light or dark as its document says, or as the reader has it. */
export function writeViewSheet(): string {
  const dark = listDark();
  return `${narrow}${whereDark(writeRules(dark, '[data-scheme="auto"]'))}${writeRules(dark, '[data-scheme="dark"]')}`;
}

interface DarkRule {
  readonly selector: string;
  readonly dark: string;
}

function listDark(): readonly DarkRule[] {
  return [
    ...Object.entries(pageStyles).map(([name, { dark }]) => ({ selector: `.${name}`, dark })),
    ...bodyStyles.flatMap(({ selector, dark }) =>
      dark === undefined ? [] : [{ selector: below('.letter', selector), dark }],
    ),
  ];
}

function whereDark(rules: string): string {
  return `@media (prefers-color-scheme:dark){${rules}}`;
}

/** Rules that hold over the styles in the elements. */
function writeRules(rules: readonly DarkRule[], ancestor?: string): string {
  return rules
    .map(({ selector, dark }) => {
      const place = ancestor === undefined ? selector : below(ancestor, selector);
      return `${place}{${dark.replaceAll(';', '!important;')}!important}`;
    })
    .join('');
}

function below(ancestor: string, selector: string): string {
  return selector
    .split(',')
    .map((one) => `${ancestor} ${one}`)
    .join(',');
}
