import { Command, CommanderError, Option } from 'commander';
import { defaultConfigPath } from '../config/default-path.ts';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { verbs } from './catalogue.ts';

/** The command line: every verb with its options, each loading its module only when it is called. */
export function buildProgram(version: string, shell: Shell, setExitCode: (code: number) => void): Command {
  const program = new Command('broadside')
    .description('Posts written once, as markdown on your own site; faithful copies everywhere else.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addOption(new Option('--config <file>', 'the config file').default(defaultConfigPath))
    .addOption(
      new Option('--format <format>', 'how to print').choices(['human', 'json', 'github']).default('human'),
    )
    .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
    .configureOutput({ writeErr: () => undefined, writeOut: shell.print })
    .showHelpAfterError(false)
    .exitOverride();
  for (const verb of verbs) {
    const command = program
      .command(verb.usage)
      .description(`${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.`)
      .summary(verb.summary)
      .helpOption('-h, --help', 'print this help')
      .addHelpText('after', `\nExample:\n  $ ${verb.example}\n`)
      .action(async (...given: unknown[]) => {
        const invoked = given.at(-1) as Command;
        const words = given.slice(0, -2);
        setExitCode(await verb.run(words, invoked.optsWithGlobals(), shell));
      });
    for (const option of verb.options) command.addOption(option);
  }
  return program;
}

/** Turns what commander throws into our own usage error; undefined when it only printed help or the version. */
export function explainUsage(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return undefined;
  if (error.code === 'commander.help') {
    return new BroadsideError('USAGE', 'No command was given.', {
      remedy: 'Run "broadside --help" to see them.',
    });
  }
  const [said = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const near = hint === undefined ? undefined : /Did you mean (?:one of )?(.+)\?/.exec(hint)?.[1];
  return new BroadsideError(
    'USAGE',
    `${said.charAt(0).toUpperCase()}${said.slice(1)}.`.replace(/\.\.$/, '.'),
    {
      remedy:
        near === undefined
          ? 'See "broadside --help", or the --help of a command.'
          : `Did you mean "${near}"?`,
    },
  );
}
