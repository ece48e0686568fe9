import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { editorLook } from './look.ts';

/** What a read-only view of a text is made of. */
export type ViewerOptions = {
  readonly parent: HTMLElement;
  readonly text: string;
  /** Its name for screen readers. */
  readonly label: string;
  readonly dark: boolean;
  readonly extensions: Extension;
};

/**
 * Makes a text that can be read, selected and scrolled by keyboard, and not changed. It is no
 * editable element: watching the browser's selection in one costs a layout with every change.
 */
export function createViewer(options: ViewerOptions): EditorView {
  return new EditorView({
    parent: options.parent,
    doc: options.text,
    extensions: [
      lineNumbers(),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({
        'aria-label': options.label,
        'aria-readonly': 'true',
        tabindex: '0',
      }),
      editorLook(options.dark),
      options.extensions,
    ],
  });
}
