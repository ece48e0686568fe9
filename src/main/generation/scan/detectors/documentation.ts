import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { type ProjectTree, parentOf } from '../project-tree.ts';
import {
  documentationInstall,
  documentationOf,
  isPublished,
  ownDocumentation,
} from './python/documentation.ts';
import { readProject } from './python/project.ts';

/**
 * Documentation beside what it is about: a MkDocs site, or a Sphinx site that Read the Docs publishes.
 * One that the project's own dependencies build is the Python detector's.
 */
export const documentationDetector: Detector = {
  id: 'documentation',
  detect: async (tree) => {
    const manifests = ['mkdocs.yml', 'mkdocs.yaml', '.readthedocs.yaml', '.readthedocs.yml'];
    const folders = new Set(manifests.flatMap((name) => tree.named(name).map(parentOf)));
    const drafts = await Promise.all([...folders].map((folder) => detectSite(tree, folder)));
    return drafts.filter((draft) => draft !== null);
  },
};

async function detectSite(tree: ProjectTree, folder: string): Promise<Draft | null> {
  const found = await documentationOf(tree, folder);
  if (found === null || (found.framework === 'sphinx' && !isPublished(tree, folder))) return null;
  const project = await readProject(tree, folder);
  if (project !== null && (await ownDocumentation(tree, project)) !== null) return null;
  const install = await documentationInstall(tree, folder, found);
  const name = folder === '.' ? '' : (folder.split('/').at(-1) ?? '');
  const draft = new Draft(
    project === null ? name : `${project.name}-docs`,
    folder,
    install === null ? 'html' : 'python',
    found.at,
  );
  draft
    .set('framework', found.framework, found.at)
    .set('build', found.build, found.at)
    .set('output', found.output, found.at)
    .is('static', found.at);
  if (install === null) {
    draft.unknown(
      'install',
      `Nothing lists the plug-ins and themes that it is built with; write a docs/requirements.txt.`,
    );
  } else {
    draft.set('packageManager', 'pip', install.at).set('install', install.command, install.at);
  }
  return draft;
}
