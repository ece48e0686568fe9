import type { Finding } from '#shared/artifact.ts';
import { Report } from '../report.ts';
import type { TextFile, Validator } from '../validator.ts';
import { type Context, languageUrl, type Say } from './context.ts';
import { folderOf, readModule, type TerraformModule } from './module.ts';
import { parseFile } from './parse-file.ts';
import { judgeCycles } from './rules-cycles.ts';
import { judgeDeclarations } from './rules-declarations.ts';
import { judgeModules } from './rules-modules.ts';
import { judgeProviders } from './rules-providers.ts';
import { judgeReferences } from './rules-references.ts';
import { judgeResources } from './rules-resources.ts';
import { judgeSafety } from './rules-safety.ts';
import { judgeStructure } from './rules-structure.ts';
import { judgeValues } from './validate-tfvars.ts';

/**
 * Judges a `.tf` or `.tfvars` file, or an example of the latter, as part of the module that its folder's files make, with the
 * modules of other folders as far as `siblings` has them.
 */
export const validateTerraform: Validator = async ({ path, content, siblings }) => {
  const report = new Report();
  const say: Say = (rule, severity, line, message, page) =>
    report.add(
      `terraform/${rule}`,
      severity,
      line,
      message,
      page.startsWith('/') ? `${languageUrl}${page}` : page,
    );
  if (/\.json$/.test(path)) return judgeJson(content, say, report);
  const file = parseFile({ path, content });
  for (const { line, message } of file.hcl.faults)
    say('syntax', 'error', line, message, '/syntax/configuration');
  const context = contextOf({ path, content }, siblings, say);
  if (/\.tfvars(?:\.example)?$/.test(path)) {
    judgeValues(context);
    return report.findings;
  }
  judgeStructure(context);
  judgeDeclarations(context);
  judgeReferences(context);
  judgeCycles(context);
  judgeModules(context);
  judgeProviders(context);
  await judgeResources(context);
  await judgeSafety(context);
  return report.findings;
};

function contextOf(file: TextFile, siblings: readonly TextFile[], say: Say): Context {
  const texts = [...siblings.filter(({ path }) => path !== file.path), file];
  const modules = new Map<string, TerraformModule>();
  const moduleOf = (folder: string): TerraformModule => {
    const module = modules.get(folder) ?? readModule(folder, texts);
    modules.set(folder, module);
    return module;
  };
  const folder = folderOf(file.path);
  const terraform = texts.filter(({ path }) => /\.tf(?:\.json)?$/.test(path));
  return {
    file: parseFile(file),
    module: moduleOf(folder),
    moduleAt: (other) => {
      const known = terraform.some(({ path }) => folderOf(path) === other);
      return known ? moduleOf(other) : null;
    },
    knowsOthers: siblings.length > 0,
    attributes: [],
    say,
  };
}

/** Terraform in JSON, which machines write: only whether it is JSON at all. */
function judgeJson(content: string, say: Say, report: Report): readonly Finding[] {
  try {
    JSON.parse(content);
    const message =
      'Terraform in JSON is not judged here. Run terraform validate, or write it in HCL.';
    say('not-checked', 'warning', 1, message, '/syntax/json');
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    say(
      'syntax',
      'error',
      content.slice(0, at).split('\n').length,
      'This is no JSON. Mend it from this line on.',
      '/syntax/json',
    );
  }
  return report.findings;
}
