import { quote } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import { didYouMean } from '../suggest.ts';
import type { Context } from './context.ts';
import { literal } from './hcl/read-values.ts';
import { partsOf } from './hcl/syntax.ts';

const page = '/values/variables#variable-definitions-tfvars-files';

/** A file of values for variables: written out, and of variables that there are. */
export function judgeValues({ file, module, say }: Context): void {
  const { attributes, blocks } = file.hcl.body;
  for (const { line } of blocks) {
    say(
      'tfvars',
      'error',
      line,
      'A .tfvars file has values alone, written NAME = VALUE. Move blocks into a .tf file.',
      page,
    );
  }
  for (const { name, value, line } of attributes) {
    const first = firstUnwritten(value);
    if (first !== null)
      say(
        'tfvars',
        'error',
        first,
        'Values of a .tfvars file are written out: no references, and no functions.',
        page,
      );
    if (module.isWhole && module.files.length > 0 && !module.variables.has(name)) {
      const hint = didYouMean(name, module.variables.keys()) || ' Declare it, or remove it.';
      say(
        'undeclared',
        'warning',
        line,
        `No variable ${quote(name)} is declared beside this file.${hint}`,
        page,
      );
    }
    const text = literal(value);
    const verdict = typeof text === 'string' ? judgeSecret(name, text) : null;
    if (verdict === null) continue;
    const message = `${quote(name)} stands here for everyone who reads the file. Hand it over as TF_VAR_${name}, or from a secret store.`;
    say(
      'plain-secret',
      verdict === 'certain' ? 'error' : 'warning',
      line,
      message,
      '/manage-sensitive-data',
    );
  }
}

function firstUnwritten(value: Parameters<typeof partsOf>[0]): number | null {
  if (value.type === 'reference' || value.type === 'call' || value.type === 'for')
    return value.line;
  for (const part of partsOf(value)) {
    const line = firstUnwritten(part);
    if (line !== null) return line;
  }
  return null;
}
