import type { Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

/** Ports that `appsettings.json` sets: Kestrel's endpoints, else `Urls`. HTTPS ones need a certificate and are left out. */
export async function configuredPorts(
  tree: ProjectTree,
  folder: string,
): Promise<readonly { readonly port: number; readonly at: Place }[]> {
  const file = inFolder(folder, 'appsettings.json');
  if (!tree.has(file)) return [];
  const settings = await readJson(tree, file);
  const source = (await tree.read(file)) ?? '';
  const endpoints = Object.values(table(at(settings, 'Kestrel', 'Endpoints')));
  const urls = endpoints.map((endpoint) => text(at(endpoint, 'Url')));
  if (urls.length === 0) {
    urls.push(...(text(at(settings, 'Urls')) ?? text(at(settings, 'urls')) ?? '').split(';'));
  }
  return urls.flatMap((url) => {
    const port = /^http:\/\/[^/]*:(\d{1,5})\/?$/.exec(url ?? '')?.[1];
    return port ? [{ port: Number(port), at: { file, line: findLine(source, url ?? '') } }] : [];
  });
}
