import { describe, expect, it } from 'vitest';
import { readDatabaseAddress } from '../../src/ledger/postgres-address.ts';

const read = (text: string) => readDatabaseAddress(text, 'BLOG_LEDGER');

describe('the address of a database', () => {
  it('is read with a password that had to be encoded, and shown without it', () => {
    expect(read('postgresql://blog:p%40ss%2Fw%C3%B6rd@db.example/blogs')).toEqual({
      host: 'db.example',
      port: 5432,
      user: 'blog',
      password: 'p@ss/wörd',
      database: 'blogs',
      encrypted: true,
      shown: 'blogs on db.example',
      secrets: ['postgresql://blog:p%40ss%2Fw%C3%B6rd@db.example/blogs', 'p%40ss%2Fw%C3%B6rd', 'p@ss/wörd'],
    });
  });

  it.each([
    [
      'postgres://db.example:6543/blogs?channel_binding=require',
      'db.example',
      'blogs on db.example:6543',
      true,
    ],
    ['postgres://db.example/blogs?sslmode=require', 'db.example', 'blogs on db.example', true],
    ['postgres://blog@127.0.0.1:6543', '127.0.0.1', 'blog on 127.0.0.1:6543', false],
    ['postgres://localhost/blogs?sslmode=verify-full', 'localhost', 'blogs on localhost', true],
    ['postgres://[::1]/blogs', '::1', 'blogs on ::1', false],
    [
      'postgres:///blogs?host=/var/run/postgresql',
      '/var/run/postgresql',
      'blogs on /var/run/postgresql',
      false,
    ],
  ])('%s', (text, host, shown, encrypted) => {
    expect(read(text)).toMatchObject({ host, shown, encrypted });
  });

  it('takes over what a provider wants to be told at the start', () => {
    expect(read('postgres://db.example/blogs?options=endpoint%3Done').options).toBe('endpoint=one');
  });

  it.each([
    '',
    'db.example',
    'https://db.example/blogs',
    'postgres://db.example',
    'postgres://a:100%@db.example/b',
  ])('is not %j, which is not shown', (text) => {
    expect(() => read(text)).toThrow('BLOG_LEDGER does not hold the address of a database.');
  });

  it.each(['disable', 'allow', 'prefer'])(
    'of another machine is not spoken to in the clear, as %s would',
    (mode) => {
      expect(() => read(`postgres://blog:secret@db.example/blogs?sslmode=${mode}`)).toThrow(
        `BLOG_LEDGER has sslmode=${mode}, and db.example is not this machine`,
      );
      expect(read(`postgres://blog:secret@127.0.0.1/blogs?sslmode=${mode}`).encrypted).toBe(false);
    },
  );
});
