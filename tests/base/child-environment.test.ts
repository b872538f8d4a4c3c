import { describe, expect, it } from 'vitest';
import { keepBasics, withholdSecrets } from '../../src/base/child-environment.ts';
import { devto } from '../../src/targets/devto/index.ts';
import { devtoOptions } from '../../src/targets/devto/options.ts';
import { linkedin } from '../../src/targets/linkedin/index.ts';
import { linkedinOptions } from '../../src/targets/linkedin/options.ts';

describe('the environment of a program that is started', () => {
  const options = devtoOptions.parse({
    kind: 'devto',
    ai_disclosure: 'no_ai',
    secrets: { apiKey: 'BLOG_KEY' },
  });
  const targets = [
    devto.create('devto', options),
    linkedin.create('linkedin', linkedinOptions.parse({ kind: 'linkedin', url: 'https://other.example' })),
  ];

  it('is without every target’s secrets, by config’s names and the usual ones', () => {
    const { environment, secrets: values } = withholdSecrets(
      {
        PATH: '/bin',
        EMPTY: '',
        BLOG_KEY: 'key-of-the-blog\n',
        DEVTO_API_KEY: 'key-of-before',
        LINKEDIN_ACCESS_TOKEN: 'token-of-before',
        LINKEDIN_CLIENT_SECRET: '',
        BLOG_LEDGER: 'postgresql://blog:password@db.example/blogs',
        BROADSIDE_LEDGER_URL: 'postgresql://blog:password@old.example/blogs',
        SMTP_URL: 'smtps://me:password@mail.example',
        GITHUB_TOKEN: 'token-for-git',
      },
      { targets, ledger: { secret: 'BLOG_LEDGER' } },
    );
    expect(environment).toEqual({ PATH: '/bin', EMPTY: '', GITHUB_TOKEN: 'token-for-git' });
    expect(new Set(values)).toEqual(
      new Set([
        'key-of-the-blog',
        'key-of-before',
        'token-of-before',
        'postgresql://blog:password@db.example/blogs',
        'smtps://me:password@mail.example',
        'postgresql://blog:password@old.example/blogs',
        'token-for-git',
      ]),
    );
  });

  it('is little where no target is known yet', () => {
    const given = {
      PATH: '/bin',
      HOME: '/home/a',
      GIT_CONFIG_COUNT: '0',
      BLOG_KEY: 'key',
      GITHUB_TOKEN: 'token',
    };
    expect(keepBasics(given).environment).toEqual({ PATH: '/bin', HOME: '/home/a', GIT_CONFIG_COUNT: '0' });
  });

  it('is without other variables that hold one, unless it is too short to tell', () => {
    const given = { BLOG_KEY: 'key-of-the-blog', COPY: 'key=key-of-the-blog', HOME: '/home/key' };
    expect(withholdSecrets(given, { targets }).environment).toEqual({ HOME: '/home/key' });
    expect(withholdSecrets({ BLOG_KEY: 'home', HOME: '/home/a' }, { targets }).environment).toEqual({
      HOME: '/home/a',
    });
  });
});
