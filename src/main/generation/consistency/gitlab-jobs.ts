import { namesUnder, pipelineOf } from '../validation/gitlab-ci/pipeline-model.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import type { ComparedFile, Place } from './claim.ts';
import { buildsOf } from './command-builds.ts';
import type { Command, PipelineJob } from './pipeline.ts';
import { commandsOf, type Known } from './shell-commands.ts';

/** Templates that one job takes in, those of its templates included. */
const maxLayers = 50;

/** The jobs of a pipeline, each with what it takes from its templates. */
export function gitlabJobs({ path, content }: ComparedFile): readonly PipelineJob[] {
  const [document] = parseYaml(content, 'gitlab-ci').documents;
  if (!document) return [];
  const { root, jobs, lineOf } = pipelineOf(document, false);
  const layersOf = (name: string, seen: Set<string>): readonly (readonly [string, Mapping])[] => {
    const job = jobs.get(name);
    if (!job || seen.has(name) || seen.size >= maxLayers) return [];
    seen.add(name);
    const parents = namesUnder(job.extends).flatMap((one) => layersOf(one, seen));
    return [...parents, [name, job]];
  };
  return [...jobs.keys()]
    .filter((name) => !name.startsWith('.'))
    .map((name): PipelineJob => {
      const layers = layersOf(name, new Set());
      const places = new Map<string, Place>();
      const values = new Map<string, string>();
      const read = (held: unknown, ...at: readonly string[]): void => {
        for (const [key, value] of Object.entries(mapping(held))) {
          places.set(key, { path, line: lineOf([...at, 'variables', key]) });
          const text = mapping(value).value ?? value;
          if (typeof text === 'string' || typeof text === 'number') values.set(key, String(text));
        }
      };
      read(root.variables);
      for (const [layer, job] of layers) read(job.variables, layer);
      const commands: Command[] = [];
      const known: Known = new Map([...values].filter(([, value]) => !value.includes('$')));
      let folder: string | null = '.';
      for (const key of ['before_script', 'script']) {
        const owner = layers.findLast(([, job]) => job[key] !== undefined);
        if (!owner) continue;
        const [layer, job] = owner;
        const scripts = Array.isArray(job[key]) ? list(job[key]).flat(3) : [job[key]];
        scripts.forEach((script, index) => {
          if (typeof script !== 'string') return;
          const start = lineOf([layer, key, index]);
          const isBlock = script.trimEnd().includes('\n');
          const found = commandsOf(
            script,
            { path, variables: known, folder },
            (line) => start + (isBlock ? line + 1 : 0),
          );
          folder = found.folder;
          commands.push(...found.commands);
        });
      }
      // What a template does is said where the job fills it in.
      const own: Place = { path, line: lineOf([name]) };
      const at = (command: Command): Command => ({
        ...command,
        at: layers.length > 1 ? own : command.at,
      });
      return {
        builds: commands.map(at).flatMap(buildsOf),
        commands,
        variables: places,
      };
    });
}
