/** A dependency as Python's tools write it (PEP 508): `uvicorn[standard]>=0.30; python_version>"3.8"`. */
export type Requirement = { readonly name: string; readonly extras: readonly string[] };

/** Reads one requirement; null for options, paths, comments and whatever is none. */
export function parseRequirement(text: string): Requirement | null {
  const match =
    /^\s*([A-Za-z0-9][A-Za-z0-9._-]{0,100})\s*(?:\[([\w.,\s-]{0,200})\])?\s*(?:$|[<>=!~;@#(\\\s])/.exec(
      text.slice(0, 500),
    );
  if (!match) return null;
  const extras = (match[2] ?? '').split(',').map((extra) => extra.trim().toLowerCase());
  return { name: normalName(match[1] as string), extras: extras.filter(Boolean) };
}

/** Names are equal whatever their case and separators (PEP 503). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
