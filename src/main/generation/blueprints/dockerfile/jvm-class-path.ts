import type { Service } from '#shared/scan.ts';
import { shellQuote } from './command-line.ts';

const option = /(?:^|\s)(?:-cp|-classpath|--class-path)[ =](["']?)([^\s"']+)\1(?=\s)/;

/**
 * Files and folders of the build that a program needs which starts by its class path
 * (`java -cp target/classes:target/dependency/* Main`), relative to the service; null where it starts otherwise.
 */
export function classPathFiles(service: Service): readonly string[] | null {
  const start = service.start?.trim() ?? '';
  const path = /^java\s/.test(start) ? option.exec(start)?.[2] : undefined;
  if (path === undefined) return null;
  const files = path
    .split(':')
    .map((entry) => entry.replace(/\/\*$/, '').replace(/^\.\//, ''))
    .filter((entry) => /^[\w@%+=,-][\w@%+=,./-]*$/.test(entry) && !entry.split('/').includes('..'));
  return files.length > 0 ? [...new Set(files)] : null;
}

/** The step that copies these files to `/out`, at the paths at which the start command names them. */
export function keepFiles(files: readonly string[]): readonly string[] {
  return ['mkdir -p /out', `cp -R --parents ${files.map(shellQuote).join(' ')} /out/`];
}
