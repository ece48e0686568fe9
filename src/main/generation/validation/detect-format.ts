import { isCollectorConfig } from './collector/sections.ts';
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
  if (/\.(?:tf|tf\.json|tfvars(?:\.example)?)$/.test(name)) return 'terraform';
  if (/^\.env(?:\.[\w.-]+)?$/.test(name)) return 'dotenv';
  if (/^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(name)) return 'compose';
  if (/^kustomization(?:\.ya?ml)?$/.test(name)) return 'kustomization';
  if (isOfChart(path, name, content)) return 'helm';
  if (/(?:^|[/\\])\.github[/\\]workflows[/\\][^/\\]+\.ya?ml$/.test(path)) return 'github-workflow';
  if (/(?:^|\.)gitlab-ci\.ya?ml$/.test(name)) return 'gitlab-ci';
  // Where pipelines keep the files that they take in.
  if (/^\.gitlab(?:-ci|[/\\]ci)[/\\].+\.ya?ml$/.test(path)) return 'gitlab-ci';
  if (!/\.(?:ya?ml|json)$/.test(name)) return null;
  const head = content.slice(0, headLength);
  if (/^["']?on["']?[ \t]*:/m.test(head) && /^jobs[ \t]*:/m.test(head)) return 'github-workflow';
  // A template that lies elsewhere becomes YAML only when it is rendered; `{{` within a value is plain text.
  if (/^(?:apiVersion|kind|\s{2}name)\s*:[^\n]{0,200}\{\{/m.test(head)) return null;
  const json = /^\s*\{/.test(head);
  const version = json ? /"apiVersion"\s*:/ : /^["']?apiVersion["']?[ \t]*:/m;
  const kind = json ? /"kind"\s*:/ : /^["']?kind["']?[ \t]*:/m;
  if (/^["']?apiVersion["']?[ \t]*:[ \t]*["']?kyverno\.io\//m.test(head)) return 'kyverno';
  if (version.test(head) && kind.test(head)) return 'kubernetes';
  if (!json && isRuleFile(head)) return 'prometheus';
  if (!json && isCollectorConfig(head)) return 'collector';
  if (json && isDashboard(content)) return 'grafana';
  return null;
}

/** Whether a file holds groups of Prometheus rules. */
function isRuleFile(head: string): boolean {
  // Grafana provisions its alerts in a file of groups too, with the version of its format.
  if (/^apiVersion[ \t]*:/m.test(head)) return false;
  return (
    /^groups[ \t]*:/m.test(head) &&
    /^[ \t]*(?:-[ \t]+)?(?:rules|record|alert|expr)[ \t]*:/m.test(head)
  );
}

/** Whether a file holds a Grafana dashboard; what tells it may stand at its end. */
function isDashboard(content: string): boolean {
  return (
    /"panels"\s*:\s*\[/.test(content) && /"(?:schemaVersion|templating|gridPos)"\s*:/.test(content)
  );
}

/** Whether a file is of a Helm chart, by its name and, for templates, by its place and its `{{`. */
function isOfChart(path: string, name: string, content: string): boolean {
  if (['chart.yaml', 'values.schema.json', '.helmignore'].includes(name)) return true;
  if (/^values(?:[.-][\w.-]+)?\.ya?ml$/.test(name)) return true;
  if (!/(?:^|[/\\])templates[/\\]/.test(path)) return false;
  if (/\.ya?ml$/.test(name)) return content.slice(0, headLength).includes('{{');
  return name === 'notes.txt' || name.endsWith('.tpl');
}
