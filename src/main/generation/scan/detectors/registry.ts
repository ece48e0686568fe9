import type { Detector } from '../detector.ts';
import { cppDetector } from './cpp.ts';
import { crystalDetector } from './crystal.ts';
import { dartDetector } from './dart.ts';
import { denoDetector } from './deno.ts';
import { documentationDetector } from './documentation.ts';
import { dotnetDetector } from './dotnet/detector.ts';
import { elixirDetector } from './elixir.ts';
import { goDetector } from './go.ts';
import { haskellDetector } from './haskell.ts';
import { javascriptDetector } from './javascript.ts';
import { clojureDetector } from './jvm/clojure.ts';
import { gradleDetector } from './jvm/gradle.ts';
import { mavenDetector } from './jvm/maven.ts';
import { sbtDetector } from './jvm/sbt.ts';
import { makefileDetector } from './makefile.ts';
import { phpDetector } from './php.ts';
import { pythonDetector } from './python.ts';
import { rubyDetector } from './ruby.ts';
import { rustDetector } from './rust/detector.ts';
import { staticSiteDetector } from './static-site.ts';
import { swiftDetector } from './swift.ts';
import { zigDetector } from './zig.ts';

/** Every stack that the scan knows, in the order in which they are tried. */
export const detectors: readonly Detector[] = [
  goDetector,
  javascriptDetector,
  denoDetector,
  pythonDetector,
  rustDetector,
  mavenDetector,
  gradleDetector,
  sbtDetector,
  clojureDetector,
  dotnetDetector,
  rubyDetector,
  phpDetector,
  elixirDetector,
  swiftDetector,
  dartDetector,
  haskellDetector,
  crystalDetector,
  zigDetector,
  cppDetector,
  makefileDetector,
  documentationDetector,
  staticSiteDetector,
];
