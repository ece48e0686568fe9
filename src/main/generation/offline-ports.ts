import {
  blueprintVersion,
  followedPaths,
  judgesTexts,
  planArtifacts,
  readPaths,
  shapedKinds,
} from './blueprints/generate.ts';
import { generateAnywhere } from './blueprints/generate-anywhere.ts';
import type { GenerationPorts } from './ports.ts';
import { scanProject } from './scan/scan-project.ts';
import { detectFormat, validateFile } from './validation/validate.ts';

/** Scan, blueprints and validation of this machine alone: no key, no network. */
export const offlinePorts: GenerationPorts = {
  blueprintVersion,
  scan: scanProject,
  plan: planArtifacts,
  reads: readPaths,
  follows: followedPaths,
  judges: judgesTexts,
  shapes: shapedKinds,
  generate: generateAnywhere,
  detectFormat,
  validate: validateFile,
};
