import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { isBeside } from '../foreign-folders.ts';
import { inFolder, type ProjectTree, parentOf, relativeTo } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';

const frameworks: readonly (readonly [framework: string, pattern: RegExp])[] = [
  ['drogon', /\bdrogon\b/i],
  ['crow', /\bcrow\b/i],
  ['oatpp', /\boatpp\b/i],
  ['pistache', /\bpistache\b/i],
  ['cpp-httplib', /\bhttplib\b/i],
  ['restinio', /\brestinio\b/i],
  ['cpprestsdk', /\bcpprest(?:sdk)?\b/i],
  ['userver', /\buserver\b/i],
];

/** Programs that one build script may make; a generated one with more is cut. */
const maxTargets = 100;

/** C and C++ programs by their build system: CMake, Meson; a Makefile tells only that there is one. */
export const cppDetector: Detector = {
  id: 'cpp',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    const roots = [...tree.named('CMakeLists.txt'), ...tree.named('meson.build')].filter((file) => {
      const above =
        parentOf(file) === '.'
          ? null
          : tree.nearest(parentOf(parentOf(file)), ['CMakeLists.txt', 'meson.build']);
      return above === null;
    });
    for (const file of roots) drafts.push(...(await detectBuild(tree, file)));
    return drafts;
  },
};

async function detectBuild(tree: ProjectTree, file: string): Promise<readonly Draft[]> {
  const root = parentOf(file);
  const cmake = file.endsWith('CMakeLists.txt');
  const name = file.slice(file.lastIndexOf('/') + 1);
  const scripts = tree
    .named(name)
    .filter((one) => root === '.' || one === file || one.startsWith(`${root}/`));
  const texts = await Promise.all(
    scripts.map(async (path) => ({ path, text: (await tree.read(path)) ?? '' })),
  );
  const top = texts.find(({ path }) => path === file)?.text ?? '';
  const project = /\bproject\s*\(\s*["']?([\w.-]+)/i.exec(top)?.[1] ?? '';
  const drafts = texts.flatMap(({ path, text }) =>
    /(?:^|\/)(?:(?:unit[_-]?)?tests?|fuzz\w*|third_?party|external|extern|deps|vendor|examples?|contrib|benchmarks?)\//.test(
      path,
    )
      ? []
      : targets(text, cmake, project).map(({ binary, line }) =>
          draftOf(tree, root, path, binary, line, texts, cmake),
        ),
  );
  if (drafts.length > 0) return drafts;
  return [
    new Draft(project, root, languageOf(tree, root), {
      file,
      line: findLine(top, /\bproject\s*\(/i),
    }),
  ];
}

function targets(text: string, cmake: boolean, project: string) {
  const pattern = cmake
    ? /^[ \t]*add_executable\s*\(\s*"?([\w.${}-]+)"?(?![^)\n]*\b(?:ALIAS|IMPORTED)\b)/gim
    : /^[ \t]*(?:\w+\s*=\s*)?executable\s*\(\s*'([\w.-]+)'/gm;
  return [...text.matchAll(pattern)]
    .slice(0, maxTargets)
    .map((match) => ({
      binary: (match[1] ?? '').replace(/\$\{(?:CMAKE_)?PROJECT_NAME\}/, project),
      line: findLine(text, match[0]),
    }))
    .filter(
      ({ binary }) => binary !== '' && !binary.includes('$') && !/test|bench|fuzz/i.test(binary),
    );
}

function draftOf(
  tree: ProjectTree,
  root: string,
  file: string,
  binary: string,
  line: number,
  texts: readonly { readonly path: string; readonly text: string }[],
  cmake: boolean,
): Draft {
  const at = { file, line };
  const draft = new Draft(binary, root, languageOf(tree, root), at);
  const inside = relativeTo(root, parentOf(file));
  const top = texts.find(({ path }) => parentOf(path) === root)?.text ?? '';
  const folder = buildFolder(tree, root);
  const script = texts.find(({ path }) => path === file)?.text ?? '';
  const output = `${folder}/${inside === '.' ? '' : `${inside}/`}${outputName(script, binary)}`;
  draft.set('packageManager', cmake ? 'cmake' : 'meson', at);
  draft.set(
    'build',
    cmake
      ? `cmake -B ${folder} -DCMAKE_BUILD_TYPE=Release${withoutTests(top)} && cmake --build ${folder} -j`
      : `meson setup ${folder} --buildtype=release && meson compile -C ${folder}`,
    at,
  );
  draft.set('output', output, at).set('start', `./${output}`, at).is('cli', at);
  const listens = tree
    .signals(root)
    .find(
      ({ value, file: source }) => value === 'cpp-listen' && !isBeside(relativeTo(root, source)),
    );
  for (const { path, text } of texts) {
    const used = frameworks.find(([, pattern]) => pattern.test(text));
    if (!used || draft.get('framework') !== null) continue;
    const place = { file: path, line: findLine(text, used[1]) };
    draft.set('framework', used[0], place).is('web', place);
  }
  if (draft.kind !== 'web' && listens) draft.is('web', listens);
  return draft;
}

/** The file that a target makes: its own name, unless the script gives it another. */
function outputName(script: string, target: string): string {
  const pattern = /\bset_target_properties\s*\(([^)]{1,2000})\)/gi;
  for (const [, words = ''] of script.matchAll(pattern)) {
    const [named = '', properties = ''] = words.split(/\bPROPERTIES\b/);
    const name = /\bOUTPUT_NAME\s+"?([\w.+-]+)"?/.exec(properties)?.[1];
    if (name && named.split(/\s+/).includes(target)) return name;
  }
  return target;
}

/** Turns off the project's own switch for its tests: they often fetch a framework, and no image needs them. */
function withoutTests(script: string): string {
  const name = /^[ \t]*option\s*\(\s*(\w*BUILD_(?:UNIT_)?TEST(?:S|ING)?)\s[^)\n]*\bON\s*\)/im.exec(
    script,
  )?.[1];
  return name ? ` -D${name}=OFF` : '';
}

/** Where the build goes: `build`, unless the project has a file of that name or sources in it. */
function buildFolder(tree: ProjectTree, root: string): string {
  const taken = (name: string) =>
    tree.has(inFolder(root, name)) || tree.under(inFolder(root, name)).length > 0;
  return ['build', 'build-release', 'omega-build'].find((name) => !taken(name)) ?? 'build';
}

function languageOf(tree: ProjectTree, folder: string): string {
  const files = tree.under(folder);
  return files.some((file) => /\.(?:cpp|cc|cxx|hpp)$/.test(file)) ? 'cpp' : 'c';
}
