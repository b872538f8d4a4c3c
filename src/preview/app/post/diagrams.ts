import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** What of Mermaid is used. */
interface Mermaid {
  initialize(settings: Readonly<Record<string, unknown>>): void;
  render(id: string, source: string): Promise<{ readonly svg: string }>;
}

declare global {
  interface Window {
    mermaid?: Mermaid;
  }
}

/** Mermaid, which is larger than all else of the page: loaded when the first diagram is to be drawn. */
let loading: Promise<Mermaid> | undefined;

function loadMermaid(): Promise<Mermaid> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = 'diagrams.js';
    script.addEventListener('error', () => reject(new Error('Diagrams cannot be drawn.')));
    script.addEventListener('load', () => {
      const { mermaid } = window;
      if (mermaid === undefined) return reject(new Error('Diagrams cannot be drawn.'));
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        htmlLabels: false,
        flowchart: { htmlLabels: false },
        suppressErrorRendering: true,
      });
      return resolve(mermaid);
    });
    document.head.append(script);
  });
  return loading;
}

/** Pictures of diagrams by their sources; empty for one that cannot be drawn. */
const pictures = new Map<string, string>();
let last = 0;

/** Draws a diagram as a picture, in which nothing can run. */
async function draw(source: string): Promise<void> {
  pictures.set(source, '');
  const mermaid = await loadMermaid();
  last += 1;
  const { svg } = await mermaid.render(`diagram-${last}`, source);
  const [, width = 0, height = 0] = (/viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(
    Number,
  );
  const bytes = Array.from(new TextEncoder().encode(svg), (byte) => String.fromCodePoint(byte)).join('');
  const size = width > 0 ? ` width="${Math.ceil(width)}" height="${Math.ceil(height)}"` : '';
  pictures.set(source, `<img alt="A diagram"${size} src="data:image/svg+xml;base64,${btoa(bytes)}">`);
}

/** A document with its diagrams drawn, as soon as they are: each stands where its place is marked. */
export function useDiagrams(html: string, sources: readonly string[]): string {
  const drawn = useSignal(0);
  useEffect(() => {
    for (const source of sources) {
      if (pictures.has(source)) continue;
      draw(source).then(
        () => (drawn.value += 1),
        () => undefined,
      );
    }
  }, [sources.join('\0')]);
  return drawn.value < 0 ? html : sources.reduce(placeDiagram, html);
}

function placeDiagram(html: string, source: string, index: number): string {
  const picture = pictures.get(source) ?? '';
  const start = html.indexOf(`<!--diagram:${index}-->`);
  const end = html.indexOf(`<!--/diagram:${index}-->`);
  return picture === '' || start === -1 || end < start
    ? html
    : html.slice(0, start) + picture + html.slice(end);
}
