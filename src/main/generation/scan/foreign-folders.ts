/** Folders of tests and what they need, wherever they stand. */
const testFolders =
  /(?:^|\/)(?:__fixtures__|fixtures?|testdata|__tests__|(?:unit[_-]?)?tests?|fuzz(?:[_-]?test|ing|ers?)?|__e2e__|__mocks__)(?:\/|$)/i;

/** Folders that hold copies of other people's projects. */
const copiedFolders =
  /(?:^|\/)(?:third|3rd)[_-]?party(?:\/|$)|^(?:(?:src|lib|public)\/)?(?:vendor(?:ed)?|externals?)\/./i;

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

/** Tells whether a path below the root lies among tests and what they are fed with. */
export function isTestPath(path: string): boolean {
  return testFolders.test(path);
}

/** Tells whether a path below the root lies in a copy of someone else's project. */
export function isCopied(path: string): boolean {
  return copiedFolders.test(path);
}
