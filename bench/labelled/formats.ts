import { compose } from './formats/compose.ts';
import { dockerfile } from './formats/dockerfile.ts';
import { helm } from './formats/helm.ts';
import { kubernetes } from './formats/kubernetes.ts';
import { kustomization } from './formats/kustomization.ts';
import { kyverno } from './formats/kyverno.ts';
import type { LabelledFormat } from './labelled.ts';

/** Every format that has a validator of its own tool's rules, with its labelled files. */
export const labelledFormats: readonly LabelledFormat[] = [
  dockerfile,
  compose,
  kubernetes,
  kustomization,
  helm,
  kyverno,
];
