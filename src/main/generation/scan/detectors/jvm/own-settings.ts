import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

/** Names under which programs without a framework keep their settings among their resources. */
const files = ['server.properties', 'config.properties', 'app.properties', 'settings.properties'];
const port = /^[ \t]*(?:(?:server|http|listen)\.)?port[ \t]*[=:][ \t]*(\d{2,5})[ \t]*$/im;
const loopback =
  /^[ \t]*(?:(?:server|http|listen)\.)?(?:host|name|address|bind)[ \t]*[=:][ \t]*(?:localhost|127\.0\.0\.1)[ \t]*$/im;

/**
 * The port in the settings file of a program that listens by itself, without a framework that says
 * where; and whether that file lets it listen on this machine only.
 */
export async function readOwnSettings(draft: Draft, tree: ProjectTree): Promise<void> {
  if (draft.kind !== 'web') return;
  for (const name of files) {
    const file = inFolder(draft.path, `src/main/resources/${name}`);
    const text = (await tree.read(file)) ?? '';
    const value = port.exec(text)?.[1];
    if (!value) continue;
    draft.port(Number(value), 'config', { file, line: findLine(text, port) });
    if (loopback.test(text)) {
      draft.unknown(
        'address',
        `${file}:${findLine(text, loopback)} lets it listen on localhost, which nothing outside a container reaches: set 0.0.0.0 there.`,
      );
    }
  }
}
