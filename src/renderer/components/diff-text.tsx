import { diffLines } from '../model/diff-lines.ts';
import classes from './components.module.css';

/** A unified diff as text, added and removed lines in colour. */
export function DiffText({ diff, label }: { readonly diff: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
    <section className={classes.diff} aria-label={label} tabIndex={0}>
      <pre>
        {diffLines(diff).map((line) => (
          <span key={line.number} data-kind={line.kind}>
            {line.text}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  );
}
