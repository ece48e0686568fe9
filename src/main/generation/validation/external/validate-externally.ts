import { parse } from 'node:path';
import type { Finding } from '#shared/artifact.ts';
import type { FileFormat } from '../validator.ts';
import { composeConfigArgs, readComposeConfig } from './compose-config.ts';
import { createToolFinder, type ToolFinder } from './find-tool.ts';
import { hadolintArgs, readHadolint } from './hadolint.ts';
import { kubeconformArgs, readKubeconform } from './kubeconform.ts';
import { runTool, type ToolResult } from './run-tool.ts';

type Tool = {
  readonly name: string;
  readonly args: readonly string[];
  /** Arguments that succeed only where the tool can do this job at all. */
  readonly probe?: readonly string[];
  readonly read: (result: ToolResult, content: string) => readonly Finding[];
};

const tools: Readonly<Partial<Record<FileFormat, Tool>>> = {
  dockerfile: { name: 'hadolint', args: hadolintArgs, read: readHadolint },
  kubernetes: { name: 'kubeconform', args: kubeconformArgs, read: readKubeconform },
  compose: {
    name: 'docker',
    args: composeConfigArgs,
    probe: ['compose', 'version'],
    read: readComposeConfig,
  },
};

/** Whether the program at a path passed its probe; asked once. */
const usable = new Map<string, Promise<boolean>>();

const onPath = createToolFinder(process.env.PATH ?? '', process.platform);

/**
 * What the format's well-known tool says of the text, where it is on the PATH; nothing where it is not.
 * The tool gets the text on its standard input and runs at the root, where no project's settings change its mind.
 */
export async function validateExternally(
  file: { readonly content: string; readonly format: FileFormat },
  signal: AbortSignal,
  find: ToolFinder = onPath,
): Promise<readonly Finding[]> {
  const tool = tools[file.format];
  const path = tool ? await find(tool.name) : null;
  if (!tool || path === null) return [];
  if (tool.probe && !(await isUsable(path, tool.probe))) return [];
  const result = await runTool(path, tool.args, {
    input: file.content,
    cwd: parse(process.cwd()).root,
    signal,
  });
  return signal.aborted ? [] : tool.read(result, file.content);
}

function isUsable(path: string, probe: readonly string[]): Promise<boolean> {
  const known = usable.get(path);
  if (known) return known;
  // Not the caller's signal: the answer serves all later callers too.
  const { signal } = new AbortController();
  const asked = runTool(path, probe, { input: '', cwd: parse(path).root, signal }).then(
    (result) => result.ok && result.exitCode === 0,
  );
  usable.set(path, asked);
  return asked;
}
