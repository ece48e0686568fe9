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

/** A comment, one line of the file for each line of text. */
export function comment(text: string): Hcl {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => `# ${line}`.trimEnd());
  return new Hcl(lines.join('\n'));
}

function sourceOf(piece: Piece | undefined): string {
  if (piece === null || piece === undefined) return '';
  if (piece instanceof Hcl || typeof piece === 'number') return String(piece);
  return piece.filter((one) => one !== null).join('\n\n');
}
