import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { device, isNarrow, theme } from '../theme.ts';
import { useDiagrams } from './diagrams.ts';
import { measureFold, type Fold } from './fold.ts';

interface Given {
  readonly title: string;
  readonly html: string;
  /** The widths at which readers see it; any, where there are none. */
  readonly widths: readonly number[];
  readonly marks: readonly { readonly at: number; readonly what: string }[];
  /** Sources of the diagrams that are to be drawn in it. */
  readonly diagrams: readonly string[];
}

/** The width of a phone's screen that a frame without widths of its own gets. */
const phoneWidth = 375;

/** No frame is shown smaller than this part of its size, since nobody could read it. */
const leastScale = 0.6;

/**
 * A document in a frame that runs no script, as high as what is in it. A new document is laid out behind the one that is shown
 * and then takes its place, so that nothing jumps while the author writes.
 */
export function FrameBox({ title, html: made, widths, marks, diagrams }: Given): JSX.Element {
  const html = useDiagrams(made, diagrams).replace(
    '<html data-scheme="auto"',
    `<html data-scheme="${theme.value}"`,
  );
  const box = useRef<HTMLDivElement>(null);
  const room = useSignal(0);
  const height = useSignal(0);
  const fold = useSignal<Fold | undefined>(undefined);
  const loaded = useSignal<{ readonly html: string; readonly number: number }>({ html, number: 0 });
  useLayoutEffect(() => {
    if (box.current === null) return undefined;
    const look = new ResizeObserver(([entry]) => (room.value = entry?.contentRect.width ?? 0));
    look.observe(box.current);
    return () => look.disconnect();
  }, []);
  const width = chooseWidth(widths, room.value);
  const scale = Math.max(leastScale, Math.min(1, room.value / width));
  const isNew = html !== loaded.value.html;
  const { number } = loaded.value;
  const follow = { height, fold };
  return (
    <figure class="frame">
      <div class="frame-room" ref={box}>
        {room.value > 0 && (
          <div
            class={widths.length > 0 || isForPhone() ? 'frame-box is-fixed' : 'frame-box'}
            style={{ width: `${width * scale}px`, height: `${height.value * scale}px` }}
          >
            <Document
              key={number}
              title={title}
              html={loaded.value.html}
              width={width}
              scale={scale}
              follow={follow}
            />
            {isNew && (
              <Document
                key={number + 1}
                title={title}
                html={html}
                width={width}
                scale={scale}
                isBehind
                follow={follow}
                onShown={() => (loaded.value = { html, number: number + 1 })}
              />
            )}
          </div>
        )}
      </div>
      <figcaption>
        {describeSize(widths, width, scale, fold.value)}
        {marks.map(({ at, what }) => (
          <span key={at} class="mark-key">
            {at}: {what}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Whether copies are shown as phones show them: where the person says so, and on a phone. */
function isForPhone(): boolean {
  return isNarrow.value || device.value === 'phone';
}

function chooseWidth(widths: readonly number[], room: number): number {
  if (widths.length === 0) return isForPhone() ? Math.min(phoneWidth, Math.max(room, 1)) : Math.max(room, 1);
  return isForPhone() ? Math.min(...widths) : Math.max(...widths);
}

function describeSize(
  widths: readonly number[],
  width: number,
  scale: number,
  fold: Fold | undefined,
): string | undefined {
  const size =
    widths.length === 0 ? [] : [`${width} px${scale < 1 ? ` at ${Math.round(scale * 100)} %` : ''}`];
  const text =
    fold === undefined
      ? []
      : [
          fold.after === undefined
            ? `${fold.of} characters`
            : `folded after ${fold.after} of ${fold.of} characters`,
        ];
  const parts = [...size, ...text];
  return parts.length === 0 ? undefined : parts.join(', ');
}

interface DocumentGiven {
  readonly title: string;
  readonly html: string;
  readonly width: number;
  readonly scale: number;
  readonly isBehind?: boolean;
  readonly onShown?: () => void;
  readonly follow: {
    readonly height: { value: number };
    readonly fold: { value: Fold | undefined };
  };
}

function Document({
  title,
  html,
  width,
  scale,
  isBehind = false,
  onShown,
  follow,
}: DocumentGiven): JSX.Element {
  const frame = useRef<HTMLIFrameElement>(null);
  const isLoaded = useSignal(0);
  useEffect(() => {
    const inner = frame.current?.contentDocument;
    if (isLoaded.value === 0 || inner?.documentElement === undefined) return undefined;
    if (isBehind) {
      onShown?.();
      return undefined;
    }
    const measure = (): void => {
      follow.height.value = Math.ceil(inner.documentElement.getBoundingClientRect().height);
      follow.fold.value = measureFold(inner);
    };
    measure();
    const look = new ResizeObserver(measure);
    look.observe(inner.documentElement);
    return () => look.disconnect();
  }, [isLoaded.value, isBehind, width]);
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
      srcdoc={html}
      class={isBehind ? 'is-behind' : undefined}
      aria-hidden={isBehind}
      tabIndex={isBehind ? -1 : undefined}
      style={{
        width: `${width}px`,
        transform: scale === 1 ? 'none' : `scale(${scale})`,
        height: `${100 / scale}%`,
      }}
      onLoad={() => (isLoaded.value += 1)}
    />
  );
}
