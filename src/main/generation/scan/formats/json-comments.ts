/**
 * Blanks comments and trailing commas outside strings, as many JSON manifests have them; lines keep
 * their numbers. One pass, whatever the text.
 */
export function withoutJsonComments(text: string): string {
  const blanks: [start: number, end: number][] = [];
  let comma = -1;
  for (let index = 0; index < text.length; ) {
    const character = text[index] as string;
    if (character === '"') {
      index = stringEnd(text, index);
      comma = -1;
    } else if (character === '/' && (text[index + 1] === '/' || text[index + 1] === '*')) {
      const end = commentEnd(text, index);
      blanks.push([index, end]);
      index = end;
    } else {
      if ((character === '}' || character === ']') && comma !== -1) blanks.push([comma, comma + 1]);
      if (character === ',') comma = index;
      else if (character.trim() !== '') comma = -1;
      index += 1;
    }
  }
  return blank(
    text,
    blanks.sort(([a], [b]) => a - b),
  );
}

function blank(text: string, ranges: readonly (readonly [number, number])[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(kept, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    kept = end;
  }
  return parts.join('') + text.slice(kept);
}

function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}

function commentEnd(text: string, start: number): number {
  const line = text[start + 1] === '/';
  const end = text.indexOf(line ? '\n' : '*/', start + 2);
  return end === -1 ? text.length : end + (line ? 0 : 2);
}
