/** Some lines of a text; `start` is where they begin, in characters. */
export type Page = { readonly start: number; readonly text: string };

/** Characters after which a page ends with its line: about 5 ms of looking for secrets. */
const pageLength = 40_000;

/**
 * A text in pages of whole lines, so that the thread is free in between. Each begins with the last
 * line of the one before, for what stands on two lines.
 */
export function* pagesOf(text: string): Generator<Page> {
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start + pageLength);
    if (end < 0 || end + 1 >= text.length) {
      yield { start, text: text.slice(start) };
      return;
    }
    yield { start, text: text.slice(start, end + 1) };
    const lastLine = text.lastIndexOf('\n', end - 1) + 1;
    start = lastLine > start ? lastLine : end + 1;
  }
}
