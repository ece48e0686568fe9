import type { Draft } from '../draft.ts';
import { readToml, readYaml } from '../formats/parse.ts';
import { at, list, text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';

/** What files of hosting platforms say of a service: fly.toml its port, render.yaml its start command and port. */
export async function readPlatformFiles(
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<void> {
  for (const file of tree.named('fly.toml')) await readFly(drafts, tree, file);
  for (const file of [...tree.named('render.yaml'), ...tree.named('render.yml')]) {
    await readRender(drafts, tree, file);
  }
}

async function readFly(drafts: readonly Draft[], tree: ProjectTree, file: string): Promise<void> {
  const content = await readToml(tree, file);
  const sections = [at(content, 'http_service'), ...list(at(content, 'services'))];
  const line = findLine((await tree.read(file)) ?? '', 'internal_port');
  for (const draft of drafts.filter(
    ({ path, kind }) => path === parentOf(file) && kind === 'web',
  )) {
    for (const section of sections) {
      const port = text(at(section, 'internal_port'));
      if (port) draft.port(Number(port), 'existing', { file, line });
    }
  }
}

async function readRender(
  drafts: readonly Draft[],
  tree: ProjectTree,
  file: string,
): Promise<void> {
  const [content] = await readYaml(tree, file);
  const source = (await tree.read(file)) ?? '';
  for (const service of list(at(content, 'services'))) {
    const folder = inFolder(parentOf(file), text(at(service, 'rootDir')) ?? '.');
    const draft = drafts.find(({ path, kind }) => path === folder && kind !== 'library');
    if (!draft) continue;
    const start = text(at(service, 'startCommand'));
    if (start && draft.get('start') === null) {
      draft.set('start', start, { file, line: findLine(source, start) });
    }
    for (const variable of list(at(service, 'envVars'))) {
      const value = text(at(variable, 'value'));
      if (text(at(variable, 'key')) === 'PORT' && value && draft.kind === 'web') {
        draft.port(Number(value), 'existing', { file, line: findLine(source, /key:\s*PORT\b/) });
      }
    }
  }
}
