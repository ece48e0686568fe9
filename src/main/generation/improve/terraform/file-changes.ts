import type { ImprovementNote } from '../improvement.ts';
import type { HclChange } from './hcl-change.ts';

/** A change, and what is said of it. */
export type NotedChange = { readonly change: HclChange; readonly note: ImprovementNote };

/** Changes of the files of a module, and what is left as it is, by path. */
export class FileChanges {
  readonly changes = new Map<string, NotedChange[]>();
  readonly left = new Map<string, ImprovementNote[]>();

  /** Wants a change; `line` is where what is changed stands, `text` says what the change does. */
  change(path: string, change: HclChange, line: number, text: string): void {
    push(this.changes, path, { change, note: { line, text } });
  }

  /** Says what would be safer and is not done, and why. */
  leave(path: string, line: number, text: string): void {
    push(this.left, path, { line, text });
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
