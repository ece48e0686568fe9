import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { languageOf } from './language.ts';
import { editorLook } from './look.ts';
import { textDiff } from './text-diff.ts';

/** What an editor is made of. `base` is what is on disk, null where there is nothing. */
export type EditorOptions = {
  readonly parent: HTMLElement;
  readonly path: string;
  readonly base: string | null;
  readonly content: string;
  readonly view: 'split' | 'unified';
  readonly dark: boolean;
  readonly readOnly: boolean;
  readonly onChange: (content: string) => void;
};

/** The editable editor, and how to take it and what stands beside it away. */
export type Editor = {
  readonly view: EditorView;
  /** Gives its texts their colours, one for each step: to parse one takes as long as to make the editor. */
  readonly color: readonly (() => void)[];
  readonly destroy: () => void;
};

/** Makes a plain editor for a new file, otherwise a comparison with what is on disk. */
export function createEditor(options: EditorOptions): Editor {
  const { parent, path, base, content } = options;
  const language = new Compartment();
  const color = (view: EditorView) => () =>
    view.dispatch({ effects: language.reconfigure(languageOf(path)) });
  const shared = [
    lineNumbers(),
    EditorView.lineWrapping,
    editorLook(options.dark),
    language.of([]),
  ];
  const right = [...shared, ...editing(options)];
  if (base === null || options.view === 'unified') {
    const compare =
      base === null ? [] : unifiedMergeView({ original: base, mergeControls: false, diffConfig });
    const view = new EditorView({ parent, doc: content, extensions: [right, compare] });
    return { view, color: [color(view)], destroy: () => view.destroy() };
  }
  const merge = new MergeView({
    parent,
    a: { doc: base, extensions: [shared, ...locked, named(`${path} on disk`)] },
    b: { doc: content, extensions: right },
    gutter: true,
    diffConfig,
  });
  return {
    view: merge.b,
    color: [color(merge.b), color(merge.a)],
    destroy: () => merge.destroy(),
  };
}

const diffConfig = { override: textDiff };
const locked = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  // Who cannot point scrolls it by keys.
  EditorView.contentAttributes.of({ tabindex: '0' }),
];

function named(label: string): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': label });
}

function editing({ path, readOnly, onChange }: EditorOptions): Extension[] {
  return [
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    indentOnInput(),
    indentUnit.of('  '),
    lintGutter(),
    keymap.of([
      // The app's own key for Generate; the default one would add a line.
      { key: 'Mod-Enter', run: () => true },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      { key: 'Escape', run: leave },
    ]),
    named(`Proposal for ${path}`),
    readOnly ? locked : [],
    EditorView.updateListener.of((update) => {
      const typed = update.transactions.some(
        (one) => one.docChanged && !one.annotation(Transaction.remote),
      );
      if (typed) onChange(update.state.doc.toString());
    }),
  ];
}

/** Escape leaves the editor, so that j, k, a and r work again. */
function leave(view: EditorView): boolean {
  view.contentDOM.blur();
  return true;
}
