import { spawn } from 'node:child_process';

/** How each platform opens an address, as a program and its arguments; no shell reads the address. */
function nameOpener(
  platform: NodeJS.Platform,
  address: string,
): readonly [program: string, arguments_: readonly string[]] {
  if (platform === 'darwin') return ['open', [address]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]];
  return ['xdg-open', [address]];
}

/**
 * Asks the platform to open an address in the browser; false where there is no screen to show it on. Calls `fail`, at most
 * once, when it is seen to go wrong later. The browser has none of the standard streams and may outlive the program.
 */
export function openBrowser(
  address: string,
  given: {
    readonly platform: NodeJS.Platform;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly fail: () => void;
  },
): boolean {
  const { platform, environment, fail } = given;
  if (!hasScreen(platform, environment)) return false;
  const [program, words] = nameOpener(platform, address);
  const child = spawn(program, words, { env: environment, stdio: 'ignore', detached: true });
  child.once('error', fail);
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) fail();
  });
  child.unref();
  return true;
}

/** Without a screen xdg-open may start a browser for terminals, which would have no terminal. */
function hasScreen(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return [environment['WAYLAND_DISPLAY'], environment['DISPLAY']].some((name) => (name ?? '') !== '');
}
