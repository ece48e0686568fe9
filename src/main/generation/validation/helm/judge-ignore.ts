import type { Finding } from '#shared/artifact.ts';
import { quote, Report } from '../report.ts';

const url = 'https://helm.sh/docs/chart_template_guide/helm_ignore_file/';

/** Judges a `.helmignore`: Helm refuses the whole chart for a pattern that it does not know. */
export function judgeIgnore(content: string): readonly Finding[] {
  const report = new Report();
  content.split('\n').forEach((text, index) => {
    const rule = text.trim();
    if (rule === '' || rule.startsWith('#')) return;
    if (rule.includes('**')) {
      const message = `${quote(rule)} has **, which Helm does not know: it refuses the chart. A pattern without / fits in every folder.`;
      report.add('helm/ignore', 'error', index + 1, message, url);
    } else if (/\[[^\]]*$/.test(rule)) {
      const message = `${quote(rule)} has a [ that is not closed. Close or remove it.`;
      report.add('helm/ignore', 'error', index + 1, message, url);
    }
  });
  return report.findings;
}
