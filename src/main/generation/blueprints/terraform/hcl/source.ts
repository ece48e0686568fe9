import { formatHcl } from './format.ts';
import { Hcl } from './value.ts';

/** What may stand in {@link hcl}: text of the project only as {@link Hcl}, so that it is escaped. */
type Piece = Hcl | number | null | readonly (Hcl | null)[];

/** HCL written down: pieces are put in as they are, lists one below the other, null as nothing. */
export function hcl(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Hcl {
  const source = texts.reduce((done, text, at) => `${done}${sourceOf(pieces[at - 1])}${text}`);
  return new Hcl(source);
}

/** The source of a whole file, as `terraform fmt` leaves it. */
export function fileOf(...pieces: readonly (Hcl | null)[]): string {
  return formatHcl(pieces.filter((piece) => piece !== null).join('\n\n'));
}

/** A comment; lines of the text are broken between words where they would be long. */
export function comment(text: string): Hcl {
  const lines = text.split(/[\r\n\u2028\u2029]+/).flatMap((line) => wrapped(line));
  return new Hcl(lines.map((line) => `# ${line}`.trimEnd()).join('\n'));
}

function wrapped(line: string): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 96) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function sourceOf(piece: Piece | undefined): string {
  if (piece === null || piece === undefined) return '';
  if (piece instanceof Hcl || typeof piece === 'number') return String(piece);
  return piece.filter((one) => one !== null).join('\n\n');
}
