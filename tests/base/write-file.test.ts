import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openMemo } from '../../src/base/memo.ts';
import { writeDocuments } from '../../src/base/write-documents.ts';
import { openFileLedger } from '../../src/ledger/file.ts';
import { isBelow, staysInside } from '../../src/base/stay-inside.ts';
import { makeFolder, openWriter, writeWhole } from '../../src/base/write-file.ts';
import { appendAtEnd, copy, makeIntent } from '../ledger/ledger-contract.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { openFolder, writeFiles } from '../workspace.ts';

describe('a file that is written', () => {
  test('is put in place whole, with the folders above it and nothing beside it', () => {
    const folder = join(openFolder(), 'new');
    writeWhole(folder, 'blog/feed.xml', '<rss/>');
    writeWhole(folder, 'blog/feed.xml', '<rss></rss>', { durable: true });
    expect(readdirSync(join(folder, 'blog'))).toEqual(['feed.xml']);
    expect(readFileSync(join(folder, 'blog/feed.xml'), 'utf8')).toBe('<rss></rss>');
  });

  test('is told why it cannot be, where no folder can be made', () => {
    for (const folder of ['/proc/broadside', '/proc/broadside/out']) {
      const writing = () => writeWhole(folder, 'blog/feed.xml', '<rss/>');
      expect(writing).toThrow(expect.objectContaining({ syscall: 'mkdir' }) as Error);
    }
    const folder = openFolder();
    writeFiles(folder, { file: '' });
    expect(() => makeFolder(join(folder, 'file'), folder)).toThrow('EEXIST');
  });

  test('is refused in each folder that leads out, however many came before it', () => {
    const [folder, outside] = [openFolder(), openFolder()];
    symlinkSync(outside, join(folder, 'away'));
    const write = openWriter(folder);
    write('one.md', 'one');
    write('near/two.md', 'two');
    write('near/two.md', 'two again');
    expect(() => write('away/three.md', 'three')).toThrow('leads out of');
    expect(() => write('../three.md', 'three')).toThrow('leads out of');
    write('near/four.md', 'four');
    expect(readdirSync(outside)).toEqual([]);
    expect(readdirSync(join(folder, 'near')).toSorted()).toEqual(['four.md', 'two.md']);
    expect(readFileSync(join(folder, 'near/two.md'), 'utf8')).toBe('two again');
  });

  test('takes the place of a link, and leaves what that led to', () => {
    const [folder, outside] = [openFolder(), openFolder()];
    writeFiles(outside, { precious: 'kept' });
    symlinkSync(join(outside, 'precious'), join(folder, 'feed.xml'));
    writeWhole(folder, 'feed.xml', 'new');
    expect(lstatSync(join(folder, 'feed.xml')).isFile()).toBe(true);
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('kept');
  });

  test.each(['../x', '..', '', 'a/../../x', 'link/x', 'link/deep/x', 'dangling/x'])(
    'stays in its folder: %j',
    (path) => {
      const [above, outside] = [openFolder(), openFolder()];
      const folder = join(above, 'folder');
      mkdirSync(folder);
      symlinkSync(outside, join(folder, 'link'));
      symlinkSync(join(outside, 'none'), join(folder, 'dangling'));
      const fault = expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' });
      expect(() => writeWhole(folder, path, 'x')).toThrow(fault);
      expect(readdirSync(outside)).toEqual([]);
      expect(readdirSync(above)).toEqual(['folder']);
      expect(readdirSync(folder).toSorted()).toEqual(['dangling', 'link']);
    },
  );

  test('may go through a link that stays in its folder', () => {
    const folder = openFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    writeWhole(folder, 'link/x', 'x');
    expect(readdirSync(join(folder, 'real'))).toEqual(['x']);
  });

  test('that cannot be put in place leaves no draft', () => {
    const folder = openFolder();
    mkdirSync(join(folder, 'taken'));
    expect(() => writeWhole(folder, 'taken', 'x')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  test('drops the drafts that killed runs left behind, and none that may be on its way', () => {
    const folder = openFolder();
    const [old, young, other] = [`.${'a'.repeat(24)}.draft`, `.${'b'.repeat(24)}.draft`, '.mine.draft'];
    writeFiles(folder, { [old]: 'x', [young]: 'x', [other]: 'x' });
    for (const name of [old, other]) utimesSync(join(folder, name), 1, 1);
    writeWhole(folder, 'x', 'x');
    expect(readdirSync(folder).toSorted()).toEqual([young, other, 'x'].toSorted());
  });
});

describe('whether a path stays inside', () => {
  test.each([
    ['/blog', '/blog', true],
    ['/blog/..x', '/blog', true],
    ['/blogs', '/blog', false],
    ['/', '/blog', false],
    ['/blog/x', '/', true],
  ])('%s in %s: %j', (path, folder, expected) => {
    expect(isBelow(path, folder)).toBe(expected);
  });

  test('follows links, and those that lead to links', () => {
    const [folder, outside] = [openFolder(), openFolder()];
    mkdirSync(join(folder, 'real'));
    for (const [name, to] of Object.entries({
      in: 'real',
      out: outside,
      up: '..',
      twice: 'out',
      self: 'self',
    }))
      symlinkSync(to, join(folder, name));
    const inside = ['in', 'in/new', 'real/new/deep', '.', 'out', 'out/new', 'up', 'twice', 'self'].filter(
      (path) => staysInside(join(folder, path), folder),
    );
    expect(inside).toEqual(['in', 'in/new', 'real/new/deep', '.']);
  });
});

describe('what the program writes', () => {
  test('in the blog stays in the blog, and goes where a person said elsewhere', () => {
    const [root, outside] = [openFolder(), openFolder()];
    symlinkSync(outside, join(root, 'out'));
    const documents = [{ path: 'feed.xml', text: '<rss/>' }];
    expect(() => writeDocuments({ folder: join(root, 'out', 'site'), root }, documents)).toThrow(
      expect.objectContaining({
        code: 'OUTPUT_UNWRITABLE',
        message: expect.stringContaining('leads out of'),
      }),
    );
    expect(() => makeFolder(join(root, 'out'), root)).toThrow('leads out of');
    expect(readdirSync(outside)).toEqual([]);
    writeDocuments({ folder: join(outside, 'public'), root }, documents);
    expect(readdirSync(join(outside, 'public'))).toEqual(['feed.xml']);
  });

  test('is no plan in the place of a link', async () => {
    const blog = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai }'], {
      one: writePost('One'),
    });
    writeFiles(blog.folder, { precious: 'kept' });
    symlinkSync('precious', join(blog.folder, 'plan.json'));
    expect(await blog.run('plan', '--out', 'plan.json')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('OUTPUT_UNWRITABLE: The plan cannot be written to plan.json.'),
    });
    expect(readFileSync(join(blog.folder, 'precious'), 'utf8')).toBe('kept');
  });

  test('is no rehearsal in a folder that leads elsewhere', async () => {
    const blog = makeSmallBlog(['devto: { kind: devto, ai_disclosure: no_ai }'], {
      one: writePost('One'),
    });
    const outside = openFolder();
    symlinkSync(outside, join(blog.folder, 'out'));
    for (const words of [['rehearse'], ['build']]) {
      expect((await blog.run(...words)).stderr).toContain('OUTPUT_UNWRITABLE');
    }
    expect(readdirSync(outside)).toEqual([]);
  });

  test('is no memo in a folder that leads elsewhere', () => {
    const [root, outside] = [openFolder(), openFolder()];
    symlinkSync(outside, join(root, '.broadside'));
    const memo = openMemo(root, 'posts', 'key');
    memo.remember('a', 'digest', 1);
    memo.save();
    expect(readdirSync(outside)).toEqual([]);
  });

  test('adds to no copy of the ledger through a link', async () => {
    const [folder, outside] = [openFolder(), openFolder()];
    const ledger = openFileLedger({ folder });
    await ledger.append(copy, 0, makeIntent('a'));
    const file = join(folder, 'devto/how-plans-work.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFiles(outside, { 'how-plans-work.jsonl': text });
    rmSync(join(folder, 'devto'), { recursive: true });
    symlinkSync(outside, join(folder, 'devto'));
    await expect(appendAtEnd(ledger, copy, makeIntent('b'))).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
    });
    unlinkSync(join(folder, 'devto'));
    mkdirSync(join(folder, 'devto'));
    symlinkSync(join(outside, 'how-plans-work.jsonl'), file);
    await expect(appendAtEnd(ledger, copy, makeIntent('b'))).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
    expect(readFileSync(join(outside, 'how-plans-work.jsonl'), 'utf8')).toBe(text);
    expect(existsSync(file)).toBe(true);
  });
});
