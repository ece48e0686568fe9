import { readJson } from '../../formats/parse.ts';
import { at, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import type { Application } from './applications.ts';
import type { PackageManifest } from './package-json.ts';
import type { Shape } from './rendered.ts';

/**
 * What an Angular workspace's first application leaves: the `application` builder puts the browser's
 * files into `<outputPath>/browser` and, with `ssr`, a server into `<outputPath>/server`.
 */
export async function angularShape(
  tree: ProjectTree,
  manifest: PackageManifest,
  application: Application,
): Promise<Shape> {
  const file = inFolder(manifest.folder, 'angular.json');
  const content = tree.has(file) ? await readJson(tree, file) : null;
  const projects = Object.entries(table(content?.projects)).slice(0, 200);
  const found = projects.find(([, project]) => at(project, 'projectType') !== 'library');
  if (!found) {
    return { kind: 'static', start: null, output: 'dist', at: application.at, doubt: null };
  }
  const [name, project] = found;
  const target = at(project, 'architect', 'build') ?? at(project, 'targets', 'build');
  const options = at(target, 'options');
  const builder = text(at(target, 'builder')) ?? '';
  const path = at(options, 'outputPath');
  const base = (text(at(path, 'base') ?? path) ?? `dist/${name}`).replace(/^\.\/|\/$/g, '');
  const browser = text(at(path, 'browser')) ?? 'browser';
  const place = { file, line: findLine((await tree.read(file)) ?? '', '"build"') };
  const modern = /:application$/.test(builder);
  const server = at(options, 'ssr') ?? at(project, 'architect', 'server');
  if (server !== undefined && server !== false && at(options, 'outputMode') !== 'static') {
    const main = modern
      ? `${base}/server/server.mjs`
      : `${base.replace(/\/browser$/, '')}/server/main.js`;
    return { kind: 'web', start: `node ${main}`, output: null, at: place, doubt: null };
  }
  const output = modern && browser !== '' ? `${base}/${browser}` : base;
  return { kind: 'static', start: null, output, at: place, doubt: null };
}
