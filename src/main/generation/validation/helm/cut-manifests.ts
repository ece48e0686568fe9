/** What is judged at once; a release of 200 services renders more lines than that. */
const maxLines = 5_000;

/** A part of what a template rendered: whole documents, and the 1-based line of its first. */
export type ManifestPart = { readonly text: string; readonly firstLine: number };

/** Cuts rendered YAML between documents, so that each part is short enough to be judged. */
export function cutManifests(text: string): readonly ManifestPart[] {
  const lines = text.split('\n');
  const parts: ManifestPart[] = [];
  let from = 0;
  for (let at = 1; at <= lines.length; at++) {
    const isEnd = at === lines.length;
    if (!isEnd && (at - from < maxLines || !/^---(?:\s|$)/.test(lines[at] ?? ''))) continue;
    const part = lines.slice(from, at);
    if (part.some((line) => line.trim() !== ''))
      parts.push({ text: part.join('\n'), firstLine: from + 1 });
    from = at;
  }
  return parts;
}
