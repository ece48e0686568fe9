import type { SourcePattern } from '../source-signals.ts';
import { addressPatterns } from './addresses.ts';
import {
  cppArguments,
  dotnetArguments,
  goArguments,
  javascriptArguments,
  jvmArguments,
  pythonArguments,
  rubyArguments,
  rustArguments,
} from './arguments.ts';
import { callPatterns, feignClients, nginxPatterns } from './calls.ts';
import { dotnetPatterns } from './dotnet.ts';
import { dotnetSettings } from './dotnet-settings.ts';
import { elixirPatterns } from './elixir.ts';
import { goPatterns } from './go.ts';
import { javascriptPatterns } from './javascript.ts';
import { jvmPatterns } from './jvm.ts';
import {
  dotnetMetrics,
  goMetrics,
  javascriptMetrics,
  plainMetrics,
  pythonMetrics,
} from './metrics.ts';
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

/** What sources of any language say of other services. */
const shared = [...addressPatterns, ...callPatterns];
const c = [...cppPatterns, ...cppArguments, ...shared];
const dotnet = [
  ...dotnetPatterns,
  ...dotnetSettings,
  ...dotnetArguments,
  ...shared,
  ...dotnetMetrics,
];
const go = [...goPatterns, ...goArguments, ...shared, ...goMetrics];
const javascript = [...javascriptPatterns, ...javascriptArguments, ...shared, ...javascriptMetrics];
const jvm = [...jvmPatterns, ...jvmArguments, feignClients, ...shared];
const python = [...pythonPatterns, ...pythonArguments, ...shared, ...pythonMetrics];
const ruby = [...rubyPatterns, ...rubyArguments, ...shared, ...plainMetrics];
const php = [...phpPatterns, ...shared];
const elixir = [...elixirPatterns, ...shared];
const rust = [...rustPatterns, ...rustArguments, ...shared, ...plainMetrics];

const byExtension: Readonly<Record<string, readonly SourcePattern[]>> = {
  go,
  js: javascript,
  py: python,
  mjs: javascript,
  cjs: javascript,
  jsx: javascript,
  ts: javascript,
  mts: javascript,
  cts: javascript,
  tsx: javascript,
  vue: javascript,
  svelte: javascript,
  astro: javascript,
  rs: rust,
  c,
  cc: c,
  cpp: c,
  cxx: c,
  h: c,
  hpp: c,
  swift: swiftPatterns,
  dart: dartPatterns,
  hs: haskellPatterns,
  cr: crystalPatterns,
  zig: zigPatterns,
  cljc: jvm,
  cs: dotnet,
  fs: dotnet,
  rb: ruby,
  ru: ruby,
  php,
  ex: elixir,
  exs: elixir,
  java: jvm,
  kt: jvm,
  scala: jvm,
  clj: jvm,
  conf: nginxPatterns,
  template: nginxPatterns,
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
