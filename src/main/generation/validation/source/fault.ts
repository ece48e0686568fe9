/** A place where a source breaks its language's syntax: 1-based line, and what is wrong there. */
export type Fault = { readonly line: number; readonly message: string };

/** What is looked for in a source's text; none where it is whole. */
export type FindFaults = (content: string) => readonly Fault[];
