import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { firstLines } from '../formats/lines.ts';
import { readYaml } from '../formats/parse.ts';
import { at, table, text } from '../formats/values.ts';
import { parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';
import { shorten } from '../version-pins.ts';

const frameworks: Readonly<Record<string, number>> = {
  kemal: 3000,
  lucky: 3000,
  amber: 3000,
  grip: 4004,
  athena: 3000,
  'spider-gazelle': 3000,
  'action-controller': 3000,
};

/** Crystal shards: every target is a program; one with a web framework is a web service. */
export const crystalDetector: Detector = {
  id: 'crystal',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of tree.named('shard.yml')) {
      const [manifest] = await readYaml(tree, file);
      const source = (await tree.read(file)) ?? '';
      const name = text(at(manifest, 'name'));
      if (name === null) continue;
      const place = { file, line: findLine(source, /^name:/m) };
      const lines = firstLines(source, /^[ \t]+["']?([^:\s"']+)["']?:/gm);
      const targets = Object.keys(table(at(manifest, 'targets'))).slice(0, 50);
      const lock = tree.firstIn(parentOf(file), ['shard.lock']);
      for (const target of targets.length > 0 ? targets : [null]) {
        const draft = new Draft(target ?? name, parentOf(file), 'crystal', place);
        draft
          .set('packageManager', 'shards', place)
          .set(
            'install',
            lock ? 'shards install --frozen --production' : 'shards install --production',
            place,
          );
        if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
        const version = shorten(text(at(manifest, 'crystal')) ?? '', 2);
        if (version)
          draft.set('runtimeVersion', version, { file, line: findLine(source, /^crystal:/m) });
        for (const [one, from] of Object.entries(table(at(manifest, 'dependencies')))) {
          const where = { file, line: lines.get(one) ?? 1 };
          draft.dependsOn(one, where).dependsOn(text(at(from, 'github')) ?? one, where);
          const port = Object.hasOwn(frameworks, one) ? frameworks[one] : undefined;
          if (port && target)
            draft.set('framework', one, where).is('web', where).port(port, 'framework', where);
        }
        if (target) {
          const where = { file, line: lines.get(target) ?? 1 };
          draft.set('build', `shards build ${shellWord(target)} --release --production`, where);
          draft
            .set('output', `bin/${target}`, where)
            .set('start', shellWord(`./bin/${target}`), where);
          if (draft.kind === 'library') draft.is('cli', where);
        }
        drafts.push(draft);
      }
    }
    return drafts;
  },
};
