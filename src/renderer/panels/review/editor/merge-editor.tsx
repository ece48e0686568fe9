import { Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Proposal } from '#shared/run.ts';
import { inTasks } from '../../../model/in-tasks.ts';
import { createEditor, type Editor } from './create-editor.ts';
import { markFindings } from './diagnostics.ts';
import classes from './editor.module.css';

type Props = {
  readonly proposal: Proposal;
  readonly view: 'split' | 'unified';
  /** A line to go to; a new object goes there again. */
  readonly jump: { readonly line: number } | null;
  readonly onEdit: (content: string) => void;
};

/** The proposal as an editable text beside what is on disk. Loaded when Review is first opened. */
export default function MergeEditor({ proposal, view, jump, onEdit }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  /** What this editor last held or sent; tells an answer to our own edit from a change elsewhere. */
  const own = useRef({ id: '', text: '' });
  const dark = useComputedColorScheme('light') === 'dark';
  const readOnly = proposal.state === 'applied';
  const { id, path, base, content, findings } = proposal;

  const changed = useEffectEvent((text: string) => {
    own.current = { id, text };
    onEdit(text);
  });
  const start = useEffectEvent((parent: HTMLElement) => {
    if (own.current.id !== id) own.current = { id, text: content };
    const { text } = own.current;
    const look = { view, dark, readOnly };
    return createEditor({ parent, path, base, content: text, ...look, onChange: changed });
  });
  const mark = useEffectEvent(({ view }: Editor) => markFindings(view, findings));

  // biome-ignore lint/correctness/useExhaustiveDependencies: these make a new editor; the rest is brought into it below.
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const stop = inTasks(function* () {
      const made = start(parent);
      editor.current = made;
      yield;
      mark(made);
      for (const step of made.color) {
        yield;
        step();
      }
    });
    return () => {
      stop();
      editor.current?.destroy();
      editor.current = null;
    };
  }, [id, view, dark, base, readOnly]);

  const sync = useEffectEvent((text: string) => {
    const target = editor.current?.view;
    if (!target || target.hasFocus || own.current.text === text) return;
    own.current = { id, text };
    target.dispatch({
      changes: { from: 0, to: target.state.doc.length, insert: text },
      annotations: Transaction.remote.of(true),
    });
  });
  useEffect(() => sync(content), [content]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other findings are marked anew.
  useEffect(() => {
    if (editor.current) mark(editor.current);
  }, [findings]);

  useEffect(() => {
    const target = editor.current?.view;
    if (!target || !jump) return;
    const { from } = target.state.doc.line(Math.min(jump.line, target.state.doc.lines));
    target.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    target.focus();
  }, [jump]);

  return <div ref={box} className={classes.box} />;
}
