import { redact } from './redact/redact.ts';
import type { Redacted } from './redact/span.ts';

/** Stands for the request's tag until all else is known; no text of a project holds it. */
export const tagPlace = '\0';

/** What was taken out of a text, by where it came from. */
export type PromptRedaction = {
  readonly path: string;
  readonly line: number;
  readonly what: string;
};

/** A part of a prompt that is data: its element's name, what the mark says of it, and the text. */
export function dataPart(
  element: string,
  said: Readonly<Record<string, string>>,
  text: string,
): string {
  const attributes = Object.entries(said).map(
    ([name, value]) => ` ${name}=${JSON.stringify(value)}`,
  );
  const end = text.endsWith('\n') ? '' : '\n';
  return `<${element} ${tagPlace}${attributes.join('')}>\n${text.replaceAll(tagPlace, '\uFFFD')}${end}</${element} ${tagPlace}>\n`;
}

/** Gathers the parts of a prompt within a budget of characters, each without its secrets. */
export class PromptParts {
  readonly #parts: string[] = [];
  readonly #redactions: PromptRedaction[] = [];
  readonly #signal: AbortSignal;
  #left: number;

  constructor(budget: number, signal: AbortSignal) {
    this.#left = budget;
    this.#signal = signal;
  }

  /** Characters that are still free. */
  get left(): number {
    return this.#left;
  }

  get text(): string {
    return this.#parts.join('\n');
  }

  get redactions(): readonly PromptRedaction[] {
    return this.#redactions;
  }

  /** Adds a text of ours or of a model as data, where all of it fits into what is left, or into `most`. */
  async add(
    element: string,
    path: string,
    said: Readonly<Record<string, string>>,
    text: string,
    most = this.#left,
  ): Promise<boolean> {
    return this.addClean(element, path, said, await redact(element, text, this.#signal), most);
  }

  /** The same for a text whose secrets are out already. */
  addClean(
    element: string,
    path: string,
    said: Readonly<Record<string, string>>,
    { text, redactions }: Redacted,
    most = this.#left,
  ): boolean {
    const part = dataPart(element, said, text);
    if (part.length > Math.min(most, this.#left)) return false;
    this.#parts.push(part);
    this.#left -= part.length;
    for (const redaction of redactions) this.#redactions.push({ path, ...redaction });
    return true;
  }
}
