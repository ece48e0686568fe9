/** Tells whether brackets (or YAML's `- - -`) nest deeper than a parser's stack should go. One pass. */
export function isNestedDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[' || character === '{') depth += 1;
    else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    if (depth > limit) return true;
  }
  return /(?:[-?] ){100}/.test(text);
}
