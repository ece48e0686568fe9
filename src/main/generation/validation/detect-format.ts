import type { FileFormat } from './validator.ts';

/** Endings of templates for Dockerfiles, and of sources that are about them. */
const notItself =
  /\.(?:j2|jinja2?|tmpl|tpl|template|erb|hbs|ejs|in|md|txt|json|ya?ml|toml|exs?|go|py|rb|rs|java|kt|cs|php|[cm]?[jt]sx?|sh|lock|orig|bak|sample|html)$/;
const headLength = 200_000;

/** Which format a file is of, by its name and, for other YAML, by what stands in it; null for others. */
export function detectFormat(path: string, content: string): FileFormat | null {
  const name = path.split(/[/\\]/).at(-1)?.toLowerCase() ?? '';
  if (name === '.dockerignore' || name.endsWith('.dockerignore')) return 'dockerignore';
  if (/^(?:dockerfile|containerfile)(?:[.-].+)?$|.\.(?:dockerfile|containerfile)$/.test(name)) {
    return notItself.test(name) ? null : 'dockerfile';
  }
  if (/^\.env(?:\.[\w.-]+)?$/.test(name)) return 'dotenv';
  if (/^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(name)) return 'compose';
  if (/(?:^|[/\\])\.github[/\\]workflows[/\\][^/\\]+\.ya?ml$/.test(path)) return 'github-workflow';
  if (/(?:^|\.)gitlab-ci\.ya?ml$/.test(name)) return 'gitlab-ci';
  if (!/\.(?:ya?ml|json)$/.test(name)) return null;
  const head = content.slice(0, headLength);
  // A chart's template becomes YAML only when it is rendered; `{{` within a value is plain text.
  const templated = /(?:^|[/\\])templates[/\\]/.test(path) && head.includes('{{');
  if (templated || /^(?:apiVersion|kind|\s{2}name)\s*:[^\n]{0,200}\{\{/m.test(head)) return null;
  const json = /^\s*\{/.test(head);
  const version = json ? /"apiVersion"\s*:/ : /^["']?apiVersion["']?[ \t]*:/m;
  const kind = json ? /"kind"\s*:/ : /^["']?kind["']?[ \t]*:/m;
  return version.test(head) && kind.test(head) ? 'kubernetes' : null;
}
