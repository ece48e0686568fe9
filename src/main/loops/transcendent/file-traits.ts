import { textOf } from '#main/generation/engine/project-texts.ts';
import { imageParts } from '#main/generation/improve/dockerfile/base-image.ts';
import type { GenerationPorts } from '#main/generation/ports.ts';
import { validateFolder } from '#main/generation/validate-folder.ts';
import { readInstructions } from '#main/generation/validation/dockerfile/read-instructions.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Trait } from './trait.ts';

/** Infrastructure files of one project that are looked at; of more, the first by path. */
const mostFiles = 200;

/** Traits of a project's infrastructure files: base images, and what validators remark. */
export async function fileTraits(
  ports: GenerationPorts,
  { root, existing }: ScanResult,
  signal: AbortSignal,
): Promise<readonly Trait[]> {
  const files = existing.slice(0, mostFiles);
  const traits: Trait[] = [];
  for (const { kind, path } of files) {
    if (kind !== 'dockerfile') continue;
    const content = await textOf(root, path);
    if (content !== null) traits.push(...imageTraits(path, content));
  }
  const paths = files.map(({ path }) => path);
  for (const { path, findings } of await validateFolder(ports, root, paths, signal)) {
    for (const { rule, severity, line } of findings) {
      if (severity !== 'info') traits.push({ group: 'finding', value: rule, path, line });
    }
  }
  return traits;
}

/** The images that a Dockerfile's stages stand on, without those that only it knows. */
function imageTraits(path: string, content: string): readonly Trait[] {
  const stages = new Set<string>();
  return readInstructions(content).flatMap(({ keyword, args, line }): readonly Trait[] => {
    if (keyword !== 'FROM') return [];
    const [image = '', , stage] = args.split(/\s+/);
    const isOwn = stages.has(image.toLowerCase()) || image === 'scratch' || image.includes('$');
    if (stage) stages.add(stage.toLowerCase());
    if (isOwn) return [];
    const { repository, tag } = imageParts(image);
    return [{ group: 'image', value: `${repository}:${tag ?? 'latest'}`, path, line }];
  });
}
