import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, lineNumbers } from '@codemirror/view';
import { editorLook } from './look.ts';

/** What a read-only view of a text is made of. */
export type ViewerOptions = {
  readonly parent: HTMLElement;
  readonly text: string;
  /** Its name for screen readers. */
  readonly label: string;
  readonly dark: boolean;
  readonly language?: Extension;
};

/** Makes a text that can be read, selected and scrolled by keyboard, and not changed. */
export function createViewer(options: ViewerOptions): EditorView {
  return new EditorView({
    parent: options.parent,
    doc: options.text,
    extensions: [
      lineNumbers(),
      drawSelection(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': options.label, 'aria-readonly': 'true' }),
      editorLook(options.dark),
      options.language ?? [],
    ],
  });
}
