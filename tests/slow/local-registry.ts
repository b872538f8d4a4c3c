import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../workspace.ts';
import { installLocked } from './install-locked.ts';

/** A registry of packages on this machine, which knows what is published to it and asks nobody else. */
export interface LocalRegistry {
  /** What npm keeps of what it brought; empty at first. */
  readonly cache: string;
  /** The words that make npm ask this registry and nobody else. */
  readonly words: readonly string[];
  close(): Promise<void>;
}

/** Starts a registry that keeps all it has in `folder`, and that anybody on this machine may publish to. */
export async function openRegistry(folder: string): Promise<LocalRegistry> {
  const packages = await installLocked(fileURLToPath(new URL('tests/slow/registry', root)));
  mkdirSync(folder);
  const port = await findPort();
  const url = `http://127.0.0.1:${port}/`;
  writeFileSync(
    join(folder, 'config.yaml'),
    [
      `storage: ${join(folder, 'storage')}`,
      'uplinks: {}',
      'packages: { "**": { access: $all, publish: $all, unpublish: $all } }',
      'web: { enable: false }',
      'log: { type: stdout, format: json, level: warn }',
      '',
    ].join('\n'),
  );
  const server = spawn(
    process.execPath,
    [join(packages, 'verdaccio/bin/verdaccio'), '--config', join(folder, 'config.yaml'), '--listen', url],
    { stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: folder } },
  );
  const ended = once(server, 'close');
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`The registry ended with ${server.exitCode}.`);
    await wait(50);
  }
  const login = join(folder, 'npmrc');
  writeFileSync(login, `//127.0.0.1:${port}/:_authToken=anybody\n`);
  const cache = join(folder, 'cache');
  return {
    cache,
    words: ['--registry', url, '--userconfig', login, '--cache', cache],
    async close() {
      server.kill();
      await ended;
    },
  };
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('-/ping', url))).ok;
  } catch {
    return false;
  }
}
