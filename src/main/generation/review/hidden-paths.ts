import { join } from 'node:path';
import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { IgnoreRules, maxIgnoreFileBytes } from '../scan/ignore-rules.ts';
import { readText } from '../scan/read-text.ts';

const rule = 'omega/hidden';

/**
 * Tells which of the files to be git would leave out, by the ignore files of their project. Each of
 * these is read once, so make one for the files of a job.
 */
export class HiddenPaths {
  readonly #root: string;
  /** Rules that hold in a folder, by its path. */
  readonly #rules = new Map<string, Promise<IgnoreRules>>();

  constructor(root: string) {
    this.#root = root;
  }

  /** What is to be said of a new file at this path; null where git sees it. */
  async finding(path: string): Promise<Finding | null> {
    const parts = path.split('/');
    for (const at of parts.keys()) {
      const part = parts.slice(0, at + 1).join('/');
      const rules = await this.#rulesIn(parts.slice(0, at).join('/'));
      const ignored = rules.ruleFor(part, at < parts.length - 1);
      if (ignored === null) continue;
      const file = ignored.base === '' ? '.gitignore' : `${ignored.base}/.gitignore`;
      const line = JSON.stringify(ignored.pattern);
      const message = `${file} hides this path by ${line}, so that git would never commit the file. Let that line not match ${JSON.stringify(part)} (write !${part.slice(ignored.base === '' ? 0 : ignored.base.length + 1)} below it), or add the file with git add --force.`;
      return { rule, severity: 'warning', line: 1, message, url: ruleUrl(rule) };
    }
    return null;
  }

  #rulesIn(folder: string): Promise<IgnoreRules> {
    const known = this.#rules.get(folder);
    if (known) return known;
    const rules = this.#read(folder);
    this.#rules.set(folder, rules);
    return rules;
  }

  async #read(folder: string): Promise<IgnoreRules> {
    const above =
      folder === ''
        ? IgnoreRules.none
        : await this.#rulesIn(folder.slice(0, Math.max(0, folder.lastIndexOf('/'))));
    // As in git, an ignore file that cannot be read (or is a link) ignores nothing.
    const own = await readText(join(this.#root, folder, '.gitignore'), maxIgnoreFileBytes);
    return own.ok ? above.with(folder, own.text) : above;
  }
}
