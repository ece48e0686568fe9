import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';

const manifests = [
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'environment.yaml',
];

/** The folders with manifests; else that of an application's own file, which then stands in for them. */
export function projectFolders(tree: ProjectTree): {
  readonly folders: ReadonlySet<string>;
  readonly source?: string;
} {
  const folders = manifestFolders(tree);
  if (folders.size > 0) return { folders };
  const application = tree
    .signals('.', 'entry')
    .find(({ file, value }) => file.endsWith('.py') && value.startsWith('app:'));
  if (!application) return { folders };
  return { folders: new Set([above(tree, application.file)]), source: application.file };
}

/** The folder that a file is imported from: above the packages that hold it. */
function above(tree: ProjectTree, file: string): string {
  let folder = parentOf(file);
  while (folder !== '.' && tree.has(inFolder(folder, '__init__.py'))) folder = parentOf(folder);
  return folder;
}

function manifestFolders(tree: ProjectTree): ReadonlySet<string> {
  const folders = manifests.flatMap((name) => tree.named(name).map(parentOf));
  const named = ['base', 'production', 'prod', 'common'].flatMap((name) =>
    tree
      .named(`${name}.txt`)
      .map(parentOf)
      .filter((folder) => /(?:^|\/)requirements$/.test(folder)),
  );
  return new Set(
    [...folders, ...named]
      .map((folder) => (/(?:^|\/)requirements$/.test(folder) ? parentOf(folder) : folder))
      .sort(),
  );
}

/** The project folder that a file belongs to: the nearest above it. */
export function ownerOf(file: string, folders: ReadonlySet<string>): string | null {
  for (let at = parentOf(file); ; at = parentOf(at)) {
    if (folders.has(at)) return at;
    if (at === '.') return null;
  }
}

/** Requirements of documentation and of tools are no service's. */
export function isAside(folder: string): boolean {
  return /(?:^|\/)(?:docs?|\.github|ci|scripts?|tools?|tests?)$/.test(folder);
}
