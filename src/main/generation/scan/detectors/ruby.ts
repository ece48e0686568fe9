import type { Detector } from '../detector.ts';
import { Draft, type Place } from '../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';
import { setRailsAssets } from './ruby/assets.ts';
import { type Gems, readGems, setVersion } from './ruby/gemfile.ts';
import { readQueueNeeds, readRailsNeeds } from './ruby/rails.ts';

/** Frameworks by gem, the one that says most first. */
const frameworks = [
  'rails',
  'hanami',
  'sinatra',
  'roda',
  'grape',
  'cuba',
  'padrino',
  'jekyll',
] as const;
/** Gems that work in the background, and how they are started. */
const workers: readonly (readonly [gem: string, command: string])[] = [
  ['sidekiq', 'bundle exec sidekiq'],
  ['good_job', 'bundle exec good_job start'],
  ['delayed_job_active_record', 'bundle exec rake jobs:work'],
  ['resque', "QUEUE='*' bundle exec rake resque:work"],
  ['sneakers', 'bundle exec rake sneakers:run'],
  ['karafka', 'bundle exec karafka server'],
  ['shoryuken', 'bundle exec shoryuken'],
];

/** Ruby programs: a Gemfile with a framework or a config.ru is a web service, its job queue a worker. */
export const rubyDetector: Detector = {
  id: 'ruby',
  detect: async (tree) => {
    const drafts = await Promise.all(tree.named('Gemfile').map((file) => detectOne(tree, file)));
    return drafts.flat();
  },
};

async function detectOne(tree: ProjectTree, file: string): Promise<readonly Draft[]> {
  const source = await tree.read(file);
  const folder = parentOf(file);
  if (source === null) return [];
  const gems = readGems(file, source);
  const draft = new Draft(folder.split('/').at(-1)?.replace('.', '') ?? '', folder, 'ruby', {
    file,
    line: 1,
  });
  for (const [name, at] of gems) draft.dependsOn(name, at);
  draft
    .set('packageManager', 'bundler', { file, line: 1 })
    .set('install', 'bundle install', { file, line: 1 });
  const lock = tree.firstIn(folder, ['Gemfile.lock']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  await setVersion(draft, tree, folder, file, source, lock);
  if (gems.has('pg')) draft.systemPackages.add('libpq5');
  if (gems.has('mysql2') || gems.has('trilogy')) draft.systemPackages.add('libmariadb3');
  if (gems.has('image_processing') || gems.has('ruby-vips')) draft.systemPackages.add('libvips42');
  const isGem = tree
    .under(folder)
    .some((path) => parentOf(path) === folder && path.endsWith('.gemspec'));
  const framework = frameworks.find((name) => gems.has(name));
  const at = gems.get(framework ?? '') ?? { file, line: 1 };
  if (framework === 'jekyll') return [describeJekyll(draft, at)];
  if (framework) draft.set('framework', framework, at);
  const described = await describeWeb(draft, tree, gems, isGem);
  if (!described) return [draft];
  const bin = tree.firstIn(folder, ['bin/jobs']);
  const queues = workers
    .filter(([gem]) => gems.has(gem))
    .map(([gem, command]) => ({ gem, command, where: gems.get(gem) ?? at }));
  if (bin && gems.has('solid_queue')) {
    queues.push({ gem: 'jobs', command: 'bin/jobs', where: { file: bin, line: 1 } });
  }
  return [
    draft,
    ...queues.map(({ gem, command, where }) =>
      draft
        .fork(`${draft.name}-${gem.split('_')[0]}`)
        .set('start', command, where)
        .clear('healthPath')
        .is('worker', where),
    ),
  ];
}

async function describeWeb(
  draft: Draft,
  tree: ProjectTree,
  gems: Gems,
  isGem: boolean,
): Promise<boolean> {
  const rack = tree.firstIn(draft.path, ['config.ru']);
  const framework = draft.get('framework');
  const rails = framework === 'rails' && tree.has(inFolder(draft.path, 'config/application.rb'));
  if (isGem && !rails && rack === null) return false;
  const puma = tree.firstIn(draft.path, ['config/puma.rb', 'puma.rb']);
  const at = { file: rack ?? inFolder(draft.path, 'config/application.rb'), line: 1 };
  if (rails) {
    draft
      .is('web', at)
      .set('start', 'bundle exec rails server -b 0.0.0.0', at)
      .port(3000, 'framework', at);
    await setRailsAssets(draft, tree, gems);
  } else if (rack !== null) {
    const port = puma === null ? ' -p 9292' : '';
    const settings = puma?.slice(draft.path === '.' ? 0 : draft.path.length + 1);
    const command = gems.has('puma')
      ? `bundle exec puma${settings ? ` -C ${settings}` : port}`
      : rackCommand(gems);
    draft.is('web', at).set('start', command, at).port(9292, 'framework', at);
  } else {
    const script = tree
      .signals(draft.path, 'entry')
      .find(
        (signal) => signal.value === 'ruby-sinatra' && parentOf(signal.file) === draft.path,
      )?.file;
    if (!script) return false;
    const name = script.slice(draft.path === '.' ? 0 : draft.path.length + 1);
    const place = { file: script, line: 1 };
    draft
      .is('web', place)
      .set('start', `bundle exec ruby ${shellWord(name)} -o 0.0.0.0`, place)
      .port(4567, 'framework', place);
  }
  if (puma !== null) await readPuma(draft, tree, puma);
  if (rails) await readRailsNeeds(draft, tree, gems);
  readQueueNeeds(draft, gems);
  return true;
}

/** The command of the Rack server in the Gemfile, on Rack's own port. */
function rackCommand(gems: Gems): string {
  if (gems.has('falcon')) return 'bundle exec falcon serve --bind http://0.0.0.0:9292';
  if (gems.has('unicorn')) return 'bundle exec unicorn --port 9292';
  if (gems.has('thin')) return 'bundle exec thin start --address 0.0.0.0 --port 9292';
  if (gems.has('passenger')) return 'bundle exec passenger start --address 0.0.0.0 --port 9292';
  return 'bundle exec rackup -o 0.0.0.0 -p 9292';
}

async function readPuma(draft: Draft, tree: ProjectTree, file: string): Promise<void> {
  const source = (await tree.read(file)) ?? '';
  const pattern = /^\s*(?:port|bind)\b[^\n#]{0,80}?(?<!\d)(\d{4,5})\b/m;
  const port = pattern.exec(source)?.[1];
  if (port) draft.port(Number(port), 'config', { file, line: findLine(source, pattern) });
}

function describeJekyll(draft: Draft, at: Place): Draft {
  return draft
    .set('framework', 'jekyll', at)
    .set('build', 'bundle exec jekyll build -d _site', at)
    .set('output', '_site', at)
    .is('static', at);
}
