import { parse } from 'node:path';
import type { Finding } from '#shared/artifact.ts';
import type { FileFormat } from '../validator.ts';
import { composeConfigArgs, composeProbe, readComposeConfig } from './compose-config.ts';
import { createToolFinder, type ToolFinder } from './find-tool.ts';
import { hadolintArgs, readHadolint } from './hadolint.ts';
import { kubeconformArgs, readKubeconform } from './kubeconform.ts';
import { runTool, type ToolResult } from './run-tool.ts';
import { readTerraformFmt, terraformFmtArgs } from './terraform-fmt.ts';

type Tool = {
  readonly name: string;
  readonly args: readonly string[] | Probed;
  readonly read: (result: ToolResult, content: string) => readonly Finding[];
};

/** Arguments that depend on what the tool answers to a probe; null where it cannot do the job at all. */
type Probed = {
  readonly probe: readonly string[];
  readonly choose: (answer: string) => readonly string[] | null;
};

const tools: Readonly<Partial<Record<FileFormat, Tool>>> = {
  dockerfile: { name: 'hadolint', args: hadolintArgs, read: readHadolint },
  kubernetes: { name: 'kubeconform', args: kubeconformArgs, read: readKubeconform },
  terraform: { name: 'terraform', args: terraformFmtArgs, read: readTerraformFmt },
  compose: {
    name: 'docker',
    args: { probe: composeProbe, choose: composeConfigArgs },
    read: readComposeConfig,
  },
};

/** What the program at a path is called with, as its probe told; asked once. */
const probed = new Map<string, Promise<readonly string[] | null>>();

let known: ToolFinder | null = null;

/** The PATH as it is when a tool is first asked for. */
const onPath: ToolFinder = (name) => {
  known ??= createToolFinder(process.env.PATH ?? '', process.platform);
  return known(name);
};

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
  const args = 'probe' in tool.args ? await probe(path, tool.args) : tool.args;
  if (args === null) return [];
  const result = await runTool(path, args, {
    input: file.content,
    cwd: parse(process.cwd()).root,
    signal,
  });
  return signal.aborted ? [] : tool.read(result, file.content);
}

function probe(path: string, { probe, choose }: Probed): Promise<readonly string[] | null> {
  const known = probed.get(path);
  if (known) return known;
  // Not the caller's signal: the answer serves all later callers too.
  const { signal } = new AbortController();
  const asked = runTool(path, probe, { input: '', cwd: parse(path).root, signal }).then((result) =>
    result.ok && result.exitCode === 0 ? choose(result.stdout) : null,
  );
  probed.set(path, asked);
  return asked;
}
