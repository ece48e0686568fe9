/** Folders of tests and what they need, wherever they stand. */
export const testFolders =
  /(?:^|\/)(?:__fixtures__|fixtures?|testdata|__tests__|(?:unit[_-]?)?tests?|fuzz(?:[_-]?test|ing|ers?)?|__e2e__|__mocks__)(?:\/|$)/i;

/** Folders that hold copies of other people's projects. */
export const copiedFolders = /(?:^|\/)third[_-]?party(?:\/|$)/i;

/**
 * Folders at the top of a service whose sources say nothing of it: they show how it is used or
 * measured. Further down such a name may well be a package (`com/example/demo`).
 */
const besides =
  /^(?:_?examples?|samples?|demos?|contrib|bench(?:es|marks?)?|third[_-]?party|(?:unit[_-]?)?tests?|fuzz(?:[_-]?test|ing|ers?)?)\//i;

/** Whether a file, by its path inside a service's folder, is none of the service's own sources. */
export function isBeside(inside: string): boolean {
  return besides.test(inside) || copiedFolders.test(inside);
}
