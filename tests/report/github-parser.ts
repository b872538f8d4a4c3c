import { registerHooks } from 'node:module';

// GitHub's parser imports JSON without saying so, which Node itself refuses.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});

const { validate } = await import('@actions/languageservice');
const { TextDocument } = await import('vscode-languageserver-textdocument');

/** What GitHub's own parser says is wrong with a workflow or an action, a line each. */
export async function validateForGithub(path: string, text: string): Promise<readonly string[]> {
  const found = await validate(TextDocument.create(`file:///${path}`, 'yaml', 0, text), {});
  return found.map(({ range, message }) => `${path}:${range.start.line + 1} ${JSON.stringify(message)}`);
}
