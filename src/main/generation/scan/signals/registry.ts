import type { SourcePattern } from '../source-signals.ts';
import { dotnetPatterns } from './dotnet.ts';
import { elixirPatterns } from './elixir.ts';
import { goPatterns } from './go.ts';
import { javascriptPatterns } from './javascript.ts';
import { jvmPatterns } from './jvm.ts';
import {
  cppPatterns,
  crystalPatterns,
  dartPatterns,
  haskellPatterns,
  swiftPatterns,
  zigPatterns,
} from './native.ts';
import { phpPatterns } from './php.ts';
import { pythonPatterns } from './python.ts';
import { rubyPatterns } from './ruby.ts';
import { rustPatterns } from './rust.ts';

const byExtension: Readonly<Record<string, readonly SourcePattern[]>> = {
  go: goPatterns,
  js: javascriptPatterns,
  py: pythonPatterns,
  mjs: javascriptPatterns,
  cjs: javascriptPatterns,
  jsx: javascriptPatterns,
  ts: javascriptPatterns,
  mts: javascriptPatterns,
  cts: javascriptPatterns,
  tsx: javascriptPatterns,
  vue: javascriptPatterns,
  svelte: javascriptPatterns,
  astro: javascriptPatterns,
  rs: rustPatterns,
  c: cppPatterns,
  cc: cppPatterns,
  cpp: cppPatterns,
  cxx: cppPatterns,
  h: cppPatterns,
  hpp: cppPatterns,
  swift: swiftPatterns,
  dart: dartPatterns,
  hs: haskellPatterns,
  cr: crystalPatterns,
  zig: zigPatterns,
  cljc: jvmPatterns,
  cs: dotnetPatterns,
  fs: dotnetPatterns,
  rb: rubyPatterns,
  ru: rubyPatterns,
  php: phpPatterns,
  ex: elixirPatterns,
  exs: elixirPatterns,
  java: jvmPatterns,
  kt: jvmPatterns,
  scala: jvmPatterns,
  clj: jvmPatterns,
};

const none: readonly SourcePattern[] = [];
const tests =
  /(?:^|\/)(?:tests?|__tests__|spec|e2e|fixtures?|testdata)\/|[._-](?:test|spec)s?\.\w+$|(?:^|\/)(?:test_\w+|conftest)\.py$|\.stories\.\w+$|\.d\.[cm]?ts$|(?:^|\/)config\/(?:dev|test)\.exs$|(?:^|\/)(?:playwright|jest|vitest|cypress|karma|eslint)\.config\.\w+$/i;

/** The patterns that a file is searched for; none for tests, examples and what is not source. */
export function patternsFor(path: string): readonly SourcePattern[] {
  const dot = path.lastIndexOf('.');
  const extension = dot === -1 ? '' : path.slice(dot + 1);
  if (!Object.hasOwn(byExtension, extension) || tests.test(path)) return none;
  return byExtension[extension] ?? none;
}
