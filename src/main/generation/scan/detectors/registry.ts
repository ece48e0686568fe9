import type { Detector } from '../detector.ts';
import { denoDetector } from './deno.ts';
import { goDetector } from './go.ts';
import { javascriptDetector } from './javascript.ts';
import { pythonDetector } from './python.ts';

/** Every stack that the scan knows, in the order in which they are tried. */
export const detectors: readonly Detector[] = [
  goDetector,
  javascriptDetector,
  denoDetector,
  pythonDetector,
];
