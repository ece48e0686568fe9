const tests =
  /(?:^|\/)(?:__fixtures__|fixtures?|testdata|__tests__|tests?|__e2e__|__mocks__)(?:\/|$)/i;

/** Tells whether a path below the root lies among tests and what they are fed with. */
export function isTestPath(path: string): boolean {
  return tests.test(path);
}
