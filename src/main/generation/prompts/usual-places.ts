import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { composePath } from '../blueprints/compose/compose.ts';
import { freePath } from '../blueprints/free-path.ts';
import { dockerfilePath, namesOf, projectLabel } from '../blueprints/names.ts';
import type { PlannedArtifact } from '../ports.ts';

type OfProject = Exclude<ArtifactKind, 'dockerfile' | 'kubernetes' | 'telemetry'>;

/** Where kinds that span a project lie; of the folders, the first that holds nothing of the author's. */
type Places = { readonly folders: readonly string[]; readonly files: readonly string[] };

/**
 * Where a planned artifact lies when no blueprint writes it, the main file first. None for a kind
 * that patches files of the project: which these are, only its blueprint can tell.
 */
export function usualPlaces(
  project: ScanResult,
  { kind, service }: PlannedArtifact,
  target: Target,
): readonly string[] {
  if (kind === 'telemetry') return [];
  if (kind === 'dockerfile' || kind === 'kubernetes') {
    if (service === null) return [];
    if (kind === 'kubernetes') {
      return [freePath(project, `k8s/${namesOf(project, service).label}.yaml`)];
    }
    const path = dockerfilePath(project, service);
    return [path, `${path}.dockerignore`];
  }
  const { folders, files } = placesOf(project, kind, target);
  const isTaken = (path: string): boolean => project.existing.some((one) => one.path === path);
  const free = folders.find((folder) =>
    files.every((file) => !isTaken(inFolder(folder, file)) && isWritable(project, folder, file)),
  );
  const folder = free ?? folders.at(-1) ?? '';
  return files.map((file) => inFolder(folder, file));
}

function placesOf(project: ScanResult, kind: OfProject, { cloud }: Target): Places {
  const label = projectLabel(project);
  switch (kind) {
    case 'compose':
      // A proposal is a change to the file that Compose reads today.
      return { folders: [''], files: [freePath(project, composePath(project))] };
    case 'kustomize':
      return {
        folders: ['deploy/kustomize', 'kustomize-omega'],
        files: [
          'overlays/production/kustomization.yaml',
          'overlays/development/kustomization.yaml',
          'base/kustomization.yaml',
          'base/services.yaml',
        ],
      };
    case 'helm':
      return {
        folders: [`charts/${label}`, `charts-omega/${label}`],
        files: [
          'Chart.yaml',
          'values.yaml',
          'templates/_helpers.tpl',
          'templates/deployment.yaml',
          'templates/service.yaml',
        ],
      };
    case 'terraform':
      return {
        folders: [`terraform/${cloud}`, `terraform-omega/${cloud}`],
        files: ['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf'],
      };
    case 'github-actions':
      return { folders: ['.github/workflows', '.github/workflows/omega-'], files: ['ci.yml'] };
    case 'gitlab-ci':
      return { folders: [''], files: ['.gitlab-ci.yml'] };
    case 'collector':
      return observability('collector', 'collector.yaml');
    case 'prometheus':
      return observability('prometheus', 'rules.yaml');
    case 'grafana':
      return observability('grafana', `${label}.json`);
    case 'policies':
      return { folders: ['policies', 'policies-omega'], files: ['namespace.yaml', 'kyverno.yaml'] };
    case 'report':
      return { folders: ['docs', ''], files: ['security-report.md'] };
  }
}

function observability(folder: string, file: string): Places {
  return {
    folders: [`observability/${folder}`, `observability-omega/${folder}`],
    files: [file],
  };
}

function isWritable(project: ScanResult, folder: string, file: string): boolean {
  return freePath(project, inFolder(folder, file), '') !== '';
}

/** A folder that ends in a hyphen begins the names of files in the one above it. */
function inFolder(folder: string, file: string): string {
  return folder === '' || folder.endsWith('-') ? `${folder}${file}` : `${folder}/${file}`;
}
