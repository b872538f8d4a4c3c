import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../src/commands/catalogue.ts';
import { writeBlog } from '../commands/write-blog.ts';
import { writePost } from '../live-blog.ts';
import { compileCache, openFolder, program, root, runBroadside, type Run } from '../workspace.ts';

const sound = { 'sound.md': writePost('Sound', 'Hello.') };

describe('the program', () => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    readonly version: string;
  };

  it('lists its commands', async () => {
    const { code, stdout } = await runBroadside(openFolder(), ['--help']);
    expect(code).toBe(0);
    for (const { usage } of verbs) expect(stdout).toMatch(new RegExp(`^ {2}${usage.split(' ')[0]}\\b`, 'm'));
  });

  it('says what to do where there is no config', async () => {
    expect(await runBroadside(openFolder(), ['plan'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `CONFIG_MISSING: There is no config file at config/broadside.yaml.
Run "broadside init" in your blog’s folder, or name the file with --config FILE.
`,
    });
  });

  it.each([[['--version']], [['plan', '-V']]])('tells its version: %j', async (words) => {
    const run = await runBroadside(openFolder(), words);
    expect(run).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('what an author may have been given to write', () => {
  const escape = '\u001B';
  const title = `${escape}[2J${escape}]0;pwned\u0007Hello\n::error::pwned`;
  const posts = {
    'hostile.md': writePost('X', 'Hello.', `id: hostile\n`)
      .replace('title: X', `title: ${JSON.stringify(title)}`)
      .replace('[testing]', `[${JSON.stringify(`${escape}[31mred`)}, "a\\n::warning::b"]`),
    '::error::name.md': writePost('Y', '![](\u202Eevil.png)'),
    'line\n::error::break.md': writePost('Z', 'Hello.'),
    [`${escape}[31mred.md`]: '---\ntitle: Red\n---\n\nHello.\n',
  };
  const words = [
    ['check'],
    ['check', 'posts/hostile.md'],
    ['plan'],
    ['build'],
    ['status'],
    ['rehearse'],
    ['plan', `${escape}[31mnone\n::error::x`],
    ['plan', '--target', `${escape}[31mnone\n::error::x`],
    ['frob\n::error::x'],
    ['plan', '--config', `none\n::error::x${escape}[31m`],
  ];

  it.each(['human', 'github'])('does nothing to a terminal or a log: %s', async (format) => {
    const { run } = writeBlog(posts);
    for (const given of words) {
      const { stdout, stderr } = await run(...given, '--format', format);
      const printed = stdout + stderr;
      expect(printed).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
      const ours =
        /^::(error|warning)( (file=[^,:\n]+,line=\d+(,col=\d+)?(,title=[a-z-]+)?|title=[a-z ]+))?::(?!pwned|b|x|name|break)/;
      const foreign = printed
        .split('\n')
        .filter((line) => line.trimStart().startsWith('::'))
        .filter((line) => format === 'human' || !ours.test(line));
      expect(foreign).toEqual([]);
    }
  });

  it('reaches the fields beside a rendition as one line', async () => {
    const { stderr } = await writeBlog(posts).run('render', 'hostile', '--target', 'devto');
    expect(stderr).toMatch(/^title: .*Hello ::error::pwned$/m);
    expect(stderr).not.toContain(escape);
  });

  it('does nothing when the config holds it', async () => {
    const { run } = writeBlog(sound, { config: '"\\e[31m\\n::error::x": 1' });
    for (const format of ['human', 'github']) {
      const { stderr } = await run('check', '--format', format);
      expect(stderr).not.toContain(escape);
      expect(stderr).not.toMatch(/^::error::x/m);
    }
  });
});

describe('a reader of the output', () => {
  function pipe(folder: string, command: string): Promise<Run> {
    const call = `"${process.execPath}" "${program}"`;
    return new Promise((resolve) => {
      const child = spawn('sh', ['-c', command.replaceAll('broadside', call)], {
        cwd: folder,
        env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.once('close', (code) => resolve({ stdout, stderr, code }));
    });
  }

  it('may leave early', async () => {
    const { folder } = writeBlog({ 'long.md': writePost('Long', 'word '.repeat(40_000)) });
    const run = await pipe(
      folder,
      '{ broadside plan --target devto --format json; echo "ended with $?" >&2; } | head -n 1',
    );
    expect(run).toMatchObject({ stdout: '{\n', code: 0 });
    expect(run.stderr).toMatch(/\nended with 0\n$/);
    const both = await pipe(folder, '{ broadside plan 2>&1; echo "ended with $?" >&2; } | head -n 1');
    expect(both).toMatchObject({ stderr: 'ended with 0\n', code: 0 });
    expect(both.stdout).toMatch(/^No access to devto: /);
  });

  it('gets results on standard output, all else on standard error, no colours, no progress bars', async () => {
    const { folder } = writeBlog({ ...sound, 'no-title.md': '---\ndate: 2026-11-02\n---\n\nHello.\n' });
    for (const environment of [{ NO_COLOR: '1' }, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }]) {
      const { stdout, stderr, code } = await runBroadside(folder, ['plan'], environment);
      expect(code).toBe(1);
      expect(stdout).toBe(`+ devto  sound     new (unobserved)
+ feed   feed.xml  1 item
2 to create. Nothing has been sent.
`);
      expect(stderr).toMatch(/^posts\/no-title\.md:1:1 error post-title-missing /);
      expect(stdout + stderr).not.toContain('\u001B');
    }
  });
});
