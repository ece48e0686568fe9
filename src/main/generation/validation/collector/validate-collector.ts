import type { Finding } from '#shared/artifact.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { mapping } from '../plain.ts';
import type { Validator } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { componentTypes } from './components.ts';
import { configUrl, judgeConfig } from './judge-config.ts';
import { isCollectorConfig } from './sections.ts';

/** Judges the configuration of an OpenTelemetry Collector. */
export const validateCollector: Validator = ({ content }) => judgeText(content);

/** Judges configurations that a ConfigMap carries; the findings stand on the ConfigMap's lines. */
export async function judgeCarried({ kind, value, say }: Resource): Promise<void> {
  if (kind !== 'ConfigMap') return;
  for (const [key, text] of Object.entries(mapping(value.data))) {
    if (typeof text !== 'string' || !isCollectorConfig(text)) continue;
    for (const { rule, severity, line, message, url } of await judgeText(text)) {
      say(rule, severity, ['data', key], message, url, line);
    }
  }
}

async function judgeText(content: string): Promise<readonly Finding[]> {
  const { documents, report } = parseYaml(content, 'collector');
  const [document, second] = documents;
  if (document === undefined) {
    if (report.findings.length === 0) {
      report.add(
        'collector/missing',
        'error',
        1,
        'The configuration is empty. Add receivers, exporters and a service.',
        configUrl,
      );
    }
    return report.findings;
  }
  if (second !== undefined) {
    report.add(
      'collector/missing',
      'error',
      second.line,
      'The collector reads one document. Put all into the first.',
      configUrl,
    );
  }
  const types = await componentTypes();
  judgeConfig(document.value, types, (rule, severity, path, message, url) =>
    report.add(`collector/${rule}`, severity, document.lineOf(path), message, url),
  );
  return report.findings;
}
