import { shellQuote } from './command-line.ts';
import { copy, from, run, workdir } from './instructions.ts';

/**
 * A stage that holds only the files that decide the dependencies, wherever in the workspace they
 * lie. Copying from it keeps the dependency layer cached until one of them changes, without a list
 * of members that would go stale.
 * `names` are file name patterns of `find`; `folders` are folders kept whole; `stage` is its name.
 */
export function manifestStage(
  image: string,
  names: readonly string[],
  folders: readonly string[] = [],
  stage = 'manifests',
): readonly string[] {
  const keep = [
    ...names.map((name) => `! -name ${shellQuote(name)}`),
    ...folders.map((folder) => `! -path ${shellQuote(`*/${folder}/*`)}`),
  ];
  return [
    from(image, stage),
    workdir('/app'),
    copy({ sources: ['.'], to: './' }),
    run([`find . ! -type d ${keep.join(' ')} -delete`, 'find . -type d -empty -delete']),
  ];
}
