import type { Service } from '#shared/scan.ts';
import { comment, copy } from './instructions.ts';
import { below } from './layout.ts';

/**
 * Copies what the program reads at run time from the stage `build`, whose `/app` is the context,
 * to where the program looks for it: beside itself.
 */
export function copyRuntimeFiles(service: Service): readonly string[] {
  const files = service.runtimeFiles ?? [];
  if (files.length === 0) {
    return [
      comment(
        'Files that the program reads at run time (templates, migrations) need a COPY of their own.',
      ),
    ];
  }
  return [
    comment('What the source reads at run time.'),
    ...files.flatMap((file) => {
      const source = below(service.context, file);
      if (source === null) return [];
      const target = below(service.path, file) ?? source;
      return [copy({ from: 'build', sources: [`/app/${source}`], to: `./${target}` })];
    }),
  ];
}
