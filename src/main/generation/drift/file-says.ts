import type { Claim, ComparedFile, GivenVariable, Place, Workload } from '../consistency/claim.ts';
import { composeFacts } from '../consistency/compose-workloads.ts';
import { baseName } from '../consistency/image-name.ts';
import { readRun } from '../consistency/read-run.ts';
import { detectFormat } from '../validation/detect-format.ts';
import { readInstructions } from '../validation/dockerfile/read-instructions.ts';

/** What one file says of one service. */
export type FileSays = {
  /** As the file calls it, and by its image. */
  readonly names: readonly string[];
  /** The Dockerfile that it builds, where the file tells. */
  readonly dockerfile: string | null;
  readonly at: Place;
  readonly ports: readonly string[];
  readonly variables: readonly Pick<GivenVariable, 'name' | 'value'>[];
  /** Whether more variables may come from outside the file. */
  readonly isOpen: boolean;
};

/** What the files of a project say of its services, by the parsers of their validators. */
export async function filesSay(files: readonly ComparedFile[]): Promise<readonly FileSays[]> {
  const compose = files.filter(({ path, content }) => detectFormat(path, content) === 'compose');
  const facts = compose.map(composeFacts);
  // Files of one format alone have nothing to be compared with, and are not read as a whole.
  const workloads =
    (await readRun(files))?.workloads ?? facts.flatMap((one): readonly Workload[] => one.workloads);
  const builds = facts.flatMap((one) => one.builds);
  return [...workloads.map((one) => workloadSays(one, builds)), ...dockerfilesSay(files)];
}

function workloadSays(workload: Workload, builds: readonly Claim[]): FileSays {
  const { service, file, image, ports, variables, partial } = workload;
  const build = builds.find((one) => one.file === file && one.service === service);
  const [first] = [ports[0]?.at, image?.at, variables[0]?.at].filter((at) => at !== undefined);
  return {
    names: [service, ...(image ? [baseName(image.value)] : [])],
    dockerfile: build?.value.split('\n')[0] ?? null,
    at: first ?? build?.at ?? { path: file, line: 1 },
    ports: ports.map(({ value }) => value),
    variables: variables.map(({ name, value }) => ({ name, value })),
    isOpen: partial,
  };
}

function dockerfilesSay(files: readonly ComparedFile[]): readonly FileSays[] {
  return files
    .filter(({ path, content }) => detectFormat(path, content) === 'dockerfile')
    .map(({ path, content }) => {
      const all = readInstructions(content);
      const last = all.findLastIndex(({ keyword }) => keyword === 'FROM');
      const final = all.slice(Math.max(0, last));
      const exposed = final.filter(({ keyword }) => keyword === 'EXPOSE');
      const words = exposed.flatMap(({ args }) => args.split(/\s+/));
      const line = exposed[0]?.line ?? all[last]?.line ?? 1;
      return {
        names: [],
        dockerfile: path,
        at: { path, line },
        ports: words.flatMap((word) => /^(\d+)(?:\/tcp)?$/.exec(word)?.[1] ?? []),
        variables: final.flatMap(({ keyword, args }) => (keyword === 'ENV' ? envNames(args) : [])),
        isOpen: false,
      };
    });
}

/** The names that an `ENV` sets, of both its forms. */
function envNames(args: string): FileSays['variables'] {
  const pairs = [...args.matchAll(/(?:^|\s)([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)];
  if (pairs.length === 0) return [{ name: args.split(/\s/)[0] ?? '', value: null }];
  return pairs.map(([, name = '', value = '']) => ({
    name,
    value: value.replace(/^["']|["']$/g, ''),
  }));
}
