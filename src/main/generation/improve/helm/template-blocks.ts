const action =
  /\{\{-?\s*(?:\/\*[\s\S]*?\*\/|(if|with|range|define|block|else|end)\b(?:[^}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`|\}(?!\}))*)\s*-?\}\}/g;

/**
 * In which blocks (`if`, `with`, `range` and others) each line of a template begins, as a name that
 * lines of the same blocks share. The branches of an `if` are blocks of their own.
 */
export function blocksOf(template: string): readonly string[] {
  const marks = [...template.matchAll(action)];
  const open: string[] = [];
  const names: string[] = [];
  let [next, at] = [0, 0];
  for (const line of template.split('\n')) {
    for (; next < marks.length && (marks[next]?.index ?? 0) < at; next += 1) {
      const word = marks[next]?.[1];
      if (word === undefined) continue;
      if (word === 'end') open.pop();
      else if (word === 'else') open[open.length - 1] = `${open.at(-1)}+`;
      else open.push(String(next));
    }
    names.push(open.join('/'));
    at += line.length + 1;
  }
  return names;
}

/** Whether a line of a template does nothing but end a block. */
export function onlyEnds(line: string): boolean {
  return /^\s*\{\{-?\s*end\s*-?\}\}\s*$/.test(line);
}
