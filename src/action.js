// How GitHub starts the program as an action: what a workflow says of it, as the words of a command line.
const { env, argv } = process;
const inputs = Object.fromEntries(
  ['command', 'config', 'post', 'target', 'take', 'token'].map((name) => [
    name,
    env[`INPUT_${name.toUpperCase()}`] ?? '',
  ]),
);
const { command, config, post, target, take, token } = inputs;

const option = (name, value) => (value === '' ? [] : [name, value]);
argv.splice(
  2,
  Infinity,
  command,
  '--format',
  'github',
  ...option('--config', config),
  ...option('--target', target),
  ...option('--take', take),
  ...(command === 'dashboard' ? ['--issue'] : []),
  ...option('--', post),
);
if (token !== '') env['GITHUB_TOKEN'] = token;
// No secret is left where a program that this one starts would find it under a name that nobody takes for one.
delete env['INPUT_TOKEN'];

await import('./dist/cli.js');
