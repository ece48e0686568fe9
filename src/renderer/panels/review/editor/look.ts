import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--mantine-color-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '12.5px',
    lineHeight: '1.6',
  },
  '.cm-content': { caretColor: 'var(--ink-strong)', padding: '6px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink-strong)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--mantine-color-dimmed)',
    border: 'none',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink-strong)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)' },
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine, .cm-inlineChangedLine': {
    backgroundColor: 'color-mix(in srgb, var(--ok) 10%, transparent)',
  },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk, .cm-deletedLine': {
    backgroundColor: 'color-mix(in srgb, var(--bad) 9%, transparent)',
  },
  '&.cm-merge-b .cm-changedText, ins.cm-insertedLine .cm-changedText': {
    background: 'color-mix(in srgb, var(--ok) 13%, transparent)',
  },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--bad) 10%, transparent)',
  },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--ok)' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--bad)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--mantine-color-text)',
    borderColor: 'var(--line)',
  },
});

const highlight = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.propertyName, tags.definition(tags.propertyName)],
    color: 'var(--syntax-key)',
  },
  {
    tag: [tags.string, tags.special(tags.string), tags.attributeValue],
    color: 'var(--syntax-string)',
  },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--syntax-number)' },
  { tag: [tags.variableName, tags.labelName, tags.typeName], color: 'var(--syntax-name)' },
  { tag: tags.comment, color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
]);

/** Colours and type of the editors, from the variables of the app's theme. */
export function editorLook(dark: boolean): Extension {
  return [theme, syntaxHighlighting(highlight), EditorView.darkTheme.of(dark)];
}
