import { describe, expect, it } from 'vitest';
import { reportFaults, type Fault } from '../../src/transform/report-faults.ts';

const origin = { source: 'letters', path: 'letters/hello.md' };
const fault = { rule: 'mail-size', severity: 'warning', message: 'Long.', remedy: 'Shorten it.' } as const;
const at = (line: number) => ({ line, column: 3 });

/** Where the faults of one writing are shown. */
function locate(
  written: Pick<Parameters<typeof reportFaults>[0], 'places' | 'syndicate'>,
  ...places: readonly Fault['at'][]
): readonly string[] {
  const faults = places.map((place) => ({ ...fault, at: place }));
  return reportFaults(
    { id: 'hello', origin, ...written },
    { path: 'letters/hello.kit.md' },
    'kit',
    faults,
  ).map(({ file, line, column, postId, target }) => `${file}:${line}:${column} ${postId} ${target}`);
}

describe('a fault', () => {
  it('in the body is shown in the file that the body is read from, and one in a field in the front matter', () => {
    expect(locate({ places: { subject: at(2) }, syndicate: {} }, at(9), 'subject')).toEqual([
      'letters/hello.kit.md:9:3 hello kit',
      'letters/hello.md:2:3 hello kit',
    ]);
  });

  it('in what is said for one target alone is shown there', () => {
    const places = { title: at(2), tags: at(3), syndicate: at(4) };
    expect(
      locate(
        { places, syndicate: { kit: { title: 'Short' }, other: { tags: [] } } },
        'title',
        'tags',
        'text',
      ),
    ).toEqual([
      'letters/hello.md:4:3 hello kit',
      'letters/hello.md:3:3 hello kit',
      'letters/hello.md:4:3 hello kit',
    ]);
  });

  it('in a field that is not given is shown at the subject, or else at the title, or at the beginning', () => {
    expect(locate({ places: { subject: at(5), title: at(6) }, syndicate: {} }, 'preview')).toEqual([
      'letters/hello.md:5:3 hello kit',
    ]);
    expect(locate({ places: { title: at(6) }, syndicate: {} }, 'preview')).toEqual([
      'letters/hello.md:6:3 hello kit',
    ]);
    expect(locate({ places: {}, syndicate: false }, 'preview')).toEqual(['letters/hello.md:1:1 hello kit']);
  });
});
