import { mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { podTemplateOf, type Resource } from './resource.ts';

const namesUrl = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/';
const labelsUrl =
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set';

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const word = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

/** Whether a text is a DNS-1123 label of at most `max` characters. */
export function isDnsLabel(text: string, max = 63): boolean {
  return text.length > 0 && text.length <= max && label.test(text);
}

/** Whether a text is a DNS-1123 subdomain, as most names of objects and all hosts are. */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text);
}

/** An object's name, namespace, labels and annotations. */
export function judgeNames(resource: Resource): void {
  const { kind, name, namespace, say, value } = resource;
  const metadata = mapping(value.metadata);
  if (metadata.name === undefined || metadata.name === null || name === '') {
    if (metadata.generateName === undefined && typeof metadata.name !== 'number') {
      const path = value.metadata === undefined ? [] : ['metadata'];
      say('missing-name', 'error', path, `This ${kind} has no metadata.name. Add one.`, namesUrl);
    }
  } else if (/^(?:Cluster)?Role(?:Binding)?$/.test(kind)) {
    if (/[/%]/.test(name) || name === '.' || name === '..') {
      say(
        'invalid-name',
        'error',
        ['metadata', 'name'],
        `${quote(name)} may not hold / or %. Choose another name.`,
        namesUrl,
      );
    }
  } else if (kind === 'Service' || kind === 'Namespace') {
    if (!isDnsLabel(name) || (kind === 'Service' && /^\d/.test(name))) {
      say(
        'invalid-name',
        'error',
        ['metadata', 'name'],
        `${quote(name)} is no name for a ${kind}: at most 63 of a-z, 0-9 and -, beginning with a letter.`,
        `${namesUrl}#dns-label-names`,
      );
    }
  } else if (!isSubdomain(name)) {
    say(
      'invalid-name',
      'error',
      ['metadata', 'name'],
      `${quote(name)} is no name: at most 253 of a-z, 0-9, - and ., beginning and ending with a letter or digit.`,
      `${namesUrl}#dns-subdomain-names`,
    );
  }
  if (namespace !== '' && !isDnsLabel(namespace)) {
    say(
      'invalid-name',
      'error',
      ['metadata', 'namespace'],
      `${quote(namespace)} is no namespace: at most 63 of a-z, 0-9 and -.`,
      `${namesUrl}#dns-label-names`,
    );
  }
  judgeLabels(resource, metadata.labels, ['metadata', 'labels']);
  judgeKeys(resource, metadata.annotations, ['metadata', 'annotations']);
  const pod = podTemplateOf(resource);
  if (pod && pod.path.length > 0) {
    judgeLabels(resource, pod.metadata.labels, [...pod.path, 'metadata', 'labels']);
    judgeKeys(resource, pod.metadata.annotations, [...pod.path, 'metadata', 'annotations']);
  }
  const spec = mapping(value.spec);
  const { matchLabels } = mapping(spec.selector);
  if (matchLabels !== undefined)
    judgeLabels(resource, matchLabels, ['spec', 'selector', 'matchLabels']);
  else if (kind === 'Service') judgeLabels(resource, spec.selector, ['spec', 'selector']);
}

function judgeLabels(resource: Resource, labels: unknown, path: YamlPath): void {
  judgeKeys(resource, labels, path);
  for (const [key, value] of Object.entries(mapping(labels))) {
    if (typeof value !== 'string' || value === '' || (value.length <= 63 && word.test(value)))
      continue;
    resource.say(
      'invalid-label',
      'error',
      [...path, key],
      `${quote(value)} is no label value: at most 63 letters, digits, -, _ and ., beginning and ending with a letter or digit.`,
      labelsUrl,
    );
  }
}

function judgeKeys(resource: Resource, held: unknown, path: YamlPath): void {
  for (const key of Object.keys(mapping(held))) {
    const slash = key.indexOf('/');
    const [prefix, name] = slash < 0 ? [null, key] : [key.slice(0, slash), key.slice(slash + 1)];
    if (
      name.length <= 63 &&
      word.test(name) &&
      (prefix === null || (prefix.length <= 253 && subdomain.test(prefix)))
    )
      continue;
    resource.say(
      'invalid-label',
      'error',
      [...path, key],
      `${quote(key)} is no key: an optional domain and a slash, then at most 63 letters, digits, -, _ and .`,
      labelsUrl,
    );
  }
}
