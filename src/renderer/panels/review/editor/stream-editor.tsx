import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useStreamStore } from '../../../hooks/streams-context.ts';
import { inTasks } from '../../../model/in-tasks.ts';
import type { Stream } from '../../../model/stream-store.ts';
import { createViewer } from './create-viewer.ts';
import classes from './editor.module.css';
import { followStream } from './follow-stream.ts';
import { languageOf } from './language.ts';

/** A file as a model writes it. What comes is appended a few times a second; the end stays in sight. */
export default function StreamEditor({ stream }: { readonly stream: Stream }) {
  const { key, path } = stream;
  const box = useRef<HTMLDivElement>(null);
  const store = useStreamStore();
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    let end = () => {};
    const stop = inTasks(function* () {
      const view = createViewer({
        parent,
        text: '',
        label: `${path} as it is written`,
        dark,
        extensions: languageOf(path),
      });
      end = () => view.destroy();
      yield;
      const leave = followStream(view, store, key);
      end = () => {
        leave();
        view.destroy();
      };
    });
    return () => {
      stop();
      end();
    };
  }, [store, key, path, dark]);
  return <div ref={box} className={classes.box} />;
}
