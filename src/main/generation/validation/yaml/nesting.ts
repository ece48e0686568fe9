const maxDepth = 200;

/**
 * The 1-based line where flow brackets or sequence dashes nest too deep to be parsed on the stack, or
 * null. Counts brackets outside quotes only roughly, so its limit is far above any real file's.
 */
export function tooDeep(content: string): number | null {
  let line = 1;
  let open = 0;
  let quoteMark = '';
  let dashes = 0;
  for (let i = 0; i < content.length; i++) {
    const char = content[i];
    if (char === '\n') {
      line += 1;
      dashes = 0;
      quoteMark = '';
      continue;
    }
    if (quoteMark !== '') {
      if (char === quoteMark) quoteMark = '';
      continue;
    }
    if (char === '"' || char === "'") quoteMark = char;
    else if (char === '[' || char === '{') open += 1;
    else if ((char === ']' || char === '}') && open > 0) open -= 1;
    else if ((char === '-' || char === '?' || char === ':') && /\s/.test(content[i + 1] ?? ' '))
      dashes += 1;
    if (open > maxDepth || dashes > maxDepth) return line;
  }
  return null;
}
