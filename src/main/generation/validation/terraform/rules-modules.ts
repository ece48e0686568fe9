import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Context } from './context.ts';
import { attributeOf, textOf } from './hcl/read-values.ts';
import type { Block } from './hcl/syntax.ts';
import { localFolder } from './local-folder.ts';
import { folderOf, type TerraformModule } from './module.ts';

const meta = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);

/** The modules that the file calls: their sources, and what is handed to those in the project. */
export function judgeModules(context: Context): void {
  const { file, say } = context;
  if (file.isOverride) return;
  for (const block of file.hcl.body.blocks) {
    if (block.name !== 'module') continue;
    const folder = localFolder(block, folderOf(file.path));
    if (folder === null) {
      judgeSource(block, context);
      continue;
    }
    const version = attributeOf(block.body, 'version');
    if (version) {
      const message = 'A module in a local folder has no version. Remove the argument.';
      say('module-source', 'error', version.line, message, '/modules/sources#local-paths');
    }
    const line = attributeOf(block.body, 'source')?.line ?? block.line;
    const target = context.moduleAt(folder);
    if (target !== null) judgeInputs(block, target, context);
    else if (context.knowsOthers) {
      const message = `There is no Terraform file in ${quote(folder || '.')}, where this module is taken from. Mend the path.`;
      say('module-source', 'error', line, message, '/modules/sources#local-paths');
    } else {
      const message = `The files of ${quote(folder || '.')} were not at hand, so what this module is given was not checked.`;
      say('not-checked', 'info', line, message, '/modules/sources#local-paths');
    }
  }
}

function judgeSource(block: Block, { say }: Context): void {
  const source = textOf(block.body, 'source');
  const line = attributeOf(block.body, 'source')?.line ?? block.line;
  if (source === undefined) return;
  if (
    /^(?:[\w-]+(?:\.[\w.-]+)+\/)?[\w-]+\/[\w-]+\/[\w-]+(?:\/\/.*)?$/.test(source) &&
    !/^(?:github\.com|bitbucket\.org)\//.test(source)
  ) {
    if (attributeOf(block.body, 'version')) return;
    const message = `Without a version, ${quote(source)} changes under you. Add version = "…".`;
    say('unpinned-module', 'warning', line, message, '/modules/syntax#version');
  } else if (/^(?:git::|git@|github\.com|bitbucket\.org)/.test(source)) {
    if (/[?&]ref=/.test(source)) return;
    const message = `Without ?ref=, ${quote(source)} is whatever its main branch holds. Name a tag or commit.`;
    say('unpinned-module', 'warning', line, message, '/modules/sources#selecting-a-revision');
  } else if (/^[\w-]+(?:\/[\w-]+)*$/.test(source)) {
    const message = `${quote(source)} is no source of a module. A local folder begins with "./" or "../".`;
    say('module-source', 'error', line, message, '/modules/sources');
  }
}

function judgeInputs(block: Block, target: TerraformModule, { say, file }: Context): void {
  if (!target.isWhole) return;
  const name = block.labels[0] ?? '';
  for (const { name: key, line } of block.body.attributes) {
    if (meta.has(key) || target.variables.has(key)) continue;
    const hint =
      didYouMean(key, target.variables.keys()) || ` Declare it in ${target.folder}, or remove it.`;
    say(
      'module-input',
      'error',
      line,
      `The module ${quote(name)} has no variable ${quote(key)}.${hint}`,
      '/modules/syntax',
    );
  }
  for (const one of block.body.blocks) {
    const message = `A module takes arguments, and no blocks. Write ${one.name} = { … }.`;
    say('module-input', 'error', one.line, message, '/modules/syntax');
  }
  for (const [key, { item }] of target.variables) {
    const isOverridden = target.files.some((other) => other.isOverride);
    if (
      attributeOf(item.body, 'default') ||
      attributeOf(block.body, key) ||
      isOverridden ||
      file.isOverride
    )
      continue;
    const message = `The module ${quote(name)} needs ${quote(key)}: its variable has no default. Add it.`;
    say('module-input', 'error', block.line, message, '/modules/syntax');
  }
}
