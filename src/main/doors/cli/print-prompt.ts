import type { PromptPreview } from '#shared/calls.ts';
import { printable, type Terminal } from './terminal.ts';

/** Prints what would be sent, and on stderr how large it is, which files it carries and what was blacked out. */
export function printPrompt(terminal: Terminal, preview: PromptPreview): void {
  const { provider, model, system, prompt, tokens, files, redactions } = preview;
  for (const text of [system, prompt]) {
    for (const line of text.split('\n')) terminal.line(printable(line));
  }
  const to = model === '' ? provider : `${provider}, ${model}`;
  terminal.note(
    `To ${to}: about ${tokens} tokens, ${files.length} source files. Nothing was sent.`,
  );
  for (const { path, characters, whole } of files) {
    terminal.note(`  ${printable(path)}: ${characters} characters${whole ? '' : ', in part'}`);
  }
  for (const { path, line, what } of redactions) {
    terminal.note(`  ${printable(path)}:${line}: left out ${printable(what)}`);
  }
}
