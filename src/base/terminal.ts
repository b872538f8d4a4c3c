const escapeSequence =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g;
const lineBreak = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
const control = /[\u0000-\u001F\u007F-\u009F]/g;
const controlInLine = /[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
const bidiControl = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Text from outside as one harmless line: no escape sequences, control or direction characters, line breaks as spaces. */
export function cleanForTerminal(text: string): string {
  return text
    .replace(escapeSequence, '')
    .replace(lineBreak, ' ')
    .replace(control, '')
    .replace(bidiControl, '');
}

/** Text without escape sequences and control characters; its lines stay. */
export function stripControls(text: string): string {
  return text.replace(escapeSequence, '').replace(controlInLine, '');
}

/** Text in which GitHub finds no command of its older form, `##[name]`, which it looks for anywhere in a line of a log. */
export function defuseCommands(text: string): string {
  return text.replaceAll('##[', '## [');
}

/** Text of several lines from outside, each line harmless and behind a bar, where no line can begin a workflow command. */
export function quoteLines(text: string): string {
  return text
    .split('\n')
    .map((line) => `    | ${cleanForTerminal(line)}`.trimEnd())
    .join('\n');
}

/**
 * Text inside a GitHub workflow command, such as `::warning file=PROPERTY::MESSAGE`, where it can neither end the command
 * nor start another. A property is escaped further than a message.
 */
export function escapeWorkflowCommand(text: string, part: 'message' | 'property' = 'message'): string {
  const message = stripControls(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return part === 'message' ? message : message.replaceAll(':', '%3A').replaceAll(',', '%2C');
}
