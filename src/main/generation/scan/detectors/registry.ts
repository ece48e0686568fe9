import type { Detector } from '../detector.ts';
import { denoDetector } from './deno.ts';
import { dotnetDetector } from './dotnet/detector.ts';
import { elixirDetector } from './elixir.ts';
import { goDetector } from './go.ts';
import { javascriptDetector } from './javascript.ts';
import { gradleDetector } from './jvm/gradle.ts';
import { mavenDetector } from './jvm/maven.ts';
import { phpDetector } from './php.ts';
import { pythonDetector } from './python.ts';
import { rubyDetector } from './ruby.ts';
import { rustDetector } from './rust/detector.ts';

/** Every stack that the scan knows, in the order in which they are tried. */
export const detectors: readonly Detector[] = [
  goDetector,
  javascriptDetector,
  denoDetector,
  pythonDetector,
  rustDetector,
  mavenDetector,
  gradleDetector,
  dotnetDetector,
  rubyDetector,
  phpDetector,
  elixirDetector,
];
