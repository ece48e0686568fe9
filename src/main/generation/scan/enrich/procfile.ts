import type { Draft } from '../draft.ts';
import { inFolder, type ProjectTree } from '../project-tree.ts';

const line = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;
/** Process types that run once, before a release or by hand. */
const once = new Set(['release', 'migrate', 'setup', 'console']);

/**
 * A Procfile names the processes of the code in its folder: `web` says how the service starts, every
 * other process becomes a worker of its own (https://devcenter.heroku.com/articles/procfile).
 */
export async function applyProcfiles(
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<readonly Draft[]> {
  const result = [...drafts];
  for (const draft of drafts) {
    const file = inFolder(draft.path, 'Procfile');
    const first = result.find((other) => other.path === draft.path);
    if (!tree.has(file) || first !== draft) continue;
    const text = (await tree.read(file)) ?? '';
    for (const [index, content] of text.split(/\r?\n/).entries()) {
      const [, type = '', written = ''] = line.exec(content) ?? [];
      const command = inPlace(written, draft);
      if (type === '' || once.has(type)) continue;
      const at = { file, line: index + 1 };
      if (type === 'web') {
        draft.set('start', command, at).is('web', at);
        addCommandPort(draft, command, at);
      } else if (!result.some((one) => one.path === draft.path && one.get('start') === command)) {
        result.push(draft.fork(`${draft.name}-${type}`).set('start', command, at).is('worker', at));
      }
    }
  }
  return result;
}

/** Heroku puts the folder of binaries on the PATH; in a plain checkout the service's own is named with its path. */
function inPlace(command: string, draft: Draft): string {
  const output = draft.get('output');
  const [program = ''] = command.split(/\s/, 1);
  const binary = output?.slice(output.lastIndexOf('/') + 1);
  if (!output || program.slice(program.lastIndexOf('/') + 1) !== binary) return command;
  return `${output.startsWith('..') ? '' : './'}${output}${command.slice(program.length)}`;
}

function addCommandPort(draft: Draft, command: string, at: { file: string; line: number }): void {
  const port = /(?:--?port[= ]|-p |:)\$?\{?(?:PORT:-)?(\d{2,5})\b/.exec(command)?.[1];
  if (port) draft.port(Number(port), 'command', at);
}
