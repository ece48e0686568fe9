import { EditorView } from '@codemirror/view';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { createViewer } from './create-viewer.ts';
import classes from './editor.module.css';

/** A long text to read; only what is seen of it is drawn. Loaded when it is first needed. */
export default function TextViewer(props: { readonly text: string; readonly label: string }) {
  const { text, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    if (!box.current) return;
    const view = createViewer({
      parent: box.current,
      text,
      label,
      dark,
      extensions: EditorView.lineWrapping,
    });
    return () => view.destroy();
  }, [text, label, dark]);
  return <div ref={box} className={classes.box} />;
}
