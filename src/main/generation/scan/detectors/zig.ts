import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';

const frameworks = ['zap', 'httpz', 'tokamak', 'jetzig', 'zzz'] as const;

/** Zig packages: the executables that build.zig installs; one with a web library is a web service. */
export const zigDetector: Detector = {
  id: 'zig',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of tree.named('build.zig')) {
      const source = await tree.read(file);
      if (source === null) continue;
      const folder = parentOf(file);
      const zon = tree.firstIn(folder, ['build.zig.zon']);
      const manifest = (zon && (await tree.read(zon))) ?? '';
      const names = [
        ...source.matchAll(/addExecutable\(\s*\.\{[^}]{0,400}?\.name\s*=\s*"([^"\n]+)"/g),
      ].map(([, name = '']) => name);
      const declared =
        /\.name\s*=\s*\.?"?([\w-]+)"?/.exec(manifest)?.[1] ??
        folder.split('/').at(-1)?.replace('.', '') ??
        '';
      for (const binary of names.length > 0 ? names.slice(0, 50) : [null]) {
        const place = {
          file,
          line: findLine(source, binary === null ? 'pub fn build' : `"${binary}"`),
        };
        const draft = new Draft(binary ?? declared, folder, 'zig', place).set(
          'packageManager',
          'zig',
          place,
        );
        const version = /\.minimum_zig_version\s*=\s*"(\d+\.\d+(?:\.\d+)?)/.exec(manifest)?.[1];
        if (zon && version)
          draft.set('runtimeVersion', version, {
            file: zon,
            line: findLine(manifest, '.minimum_zig_version'),
          });
        if (zon) draft.set('install', 'zig build --fetch', { file: zon, line: 1 });
        const used = frameworks.find((name) => new RegExp(`\\.${name}\\s*=`).test(manifest));
        if (zon && used)
          draft.set('framework', used, { file: zon, line: findLine(manifest, `.${used}`) });
        if (binary !== null) {
          draft.set('build', 'zig build -Doptimize=ReleaseSafe', place);
          draft
            .set('output', `zig-out/bin/${binary}`, place)
            .set('start', shellWord(`./zig-out/bin/${binary}`), place);
          const listens = tree.signals(folder).find(({ value }) => value === 'zig-listen');
          if (used && zon) draft.is('web', { file: zon, line: findLine(manifest, `.${used}`) });
          else if (listens) draft.is('web', listens);
          else draft.is('cli', place);
        }
        drafts.push(draft);
      }
    }
    return drafts;
  },
};
