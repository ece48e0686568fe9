import type { EditorView } from '@codemirror/view';
import type { StreamStore } from '../../../model/stream-store.ts';

/** Time between two changes of the view, in ms: smooth to read, and a fraction of the work of 60 a second. */
const pauseMs = 66;

/** Most characters that are added at once, so that a long text that is opened late does not hold the page. */
const mostAtOnce = 60_000;

/** How far (px) from its end a text may be scrolled and still follow what is written. */
const nearEnd = 40;

/** Brings a stream into a view, a few times a second, until the returned function is called. */
export function followStream(view: EditorView, store: StreamStore, key: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = 0;
  let epoch = -1;

  const draw = () => {
    timer = undefined;
    const now = store.text(key);
    if (!now) return;
    const isNew = now.epoch !== epoch;
    if (isNew) shown = 0;
    epoch = now.epoch;
    const piece = now.text.slice(shown, shown + mostAtOnce);
    if (piece === '' && !isNew) return;
    shown += piece.length;
    const from = isNew ? 0 : view.state.doc.length;
    const to = view.state.doc.length;
    const follows = isAtEnd(view.scrollDOM);
    // What came before this page was opened is not there.
    const before = isNew && now.from > 0 ? '…' : '';
    view.dispatch({ changes: { from, to, insert: before + piece.replaceAll('\r', '') } });
    if (follows) scrollToEnd(view);
    if (shown < now.text.length) later();
  };
  const later = () => {
    timer ??= setTimeout(draw, pauseMs);
  };
  const stop = store.onText(key, later);
  draw();
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function isAtEnd({ scrollHeight, clientHeight, scrollTop }: HTMLElement): boolean {
  return scrollHeight - clientHeight - scrollTop < nearEnd;
}

function scrollToEnd(view: EditorView): void {
  view.requestMeasure({
    key: scrollToEnd,
    read: () => view.scrollDOM.scrollHeight,
    write: (height) => {
      view.scrollDOM.scrollTop = height;
    },
  });
}
