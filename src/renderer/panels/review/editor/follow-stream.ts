import type { EditorView } from '@codemirror/view';
import type { StreamStore } from '../../../model/stream-store.ts';

/** Most characters that one frame adds, so that a long text that is opened late does not hold the page. */
const mostAFrame = 60_000;

/** How far (px) from its end a text may be scrolled and still follow what is written. */
const nearEnd = 40;

/** Brings a stream into a view, frame by frame, until the returned function is called. */
export function followStream(view: EditorView, store: StreamStore, key: string): () => void {
  let frame: number | undefined;
  let shown = 0;
  let epoch = -1;

  const draw = () => {
    frame = undefined;
    const now = store.text(key);
    if (!now) return;
    const isNew = now.epoch !== epoch;
    if (isNew) shown = 0;
    epoch = now.epoch;
    const piece = now.text.slice(shown, shown + mostAFrame);
    if (piece === '' && !isNew) return;
    shown += piece.length;
    const { scrollDOM, state } = view;
    const follows = scrollDOM.scrollHeight - scrollDOM.clientHeight - scrollDOM.scrollTop < nearEnd;
    const from = isNew ? 0 : state.doc.length;
    view.dispatch({ changes: { from, to: state.doc.length, insert: piece.replaceAll('\r', '') } });
    if (follows) {
      view.requestMeasure({
        key: view,
        read: () => scrollDOM.scrollHeight,
        write: (height) => {
          scrollDOM.scrollTop = height;
        },
      });
    }
    if (shown < now.text.length) later();
  };
  const later = () => {
    frame ??= requestAnimationFrame(draw);
  };
  const stop = store.onText(key, later);
  later();
  return () => {
    stop();
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
