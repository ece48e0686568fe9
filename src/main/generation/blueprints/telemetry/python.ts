import type { Service } from '#shared/scan.ts';
import {
  byHand,
  inService,
  lineEnd,
  type Wiring,
  type WiringContext,
  withLineEnds,
} from './wiring.ts';

/** The first versions that have initialize(): later ones leave older Pythons behind, so pip chooses. */
const oldest = { stable: '1.31.0', beta: '0.52b0' } as const;
const instrumented = ['django', 'flask', 'fastapi', 'starlette', 'celery'];

/** Python: the distribution in the requirements, and its start at the top of the entry point. */
export const pythonWiring: Wiring = {
  reads: (service) => [
    inService(service, 'requirements.txt'),
    inService(service, 'requirements.in'),
    inService(service, 'pyproject.toml'),
    ...entries(service),
  ],
  write: (context) => {
    const { service, text } = context;
    const path = entries(service).find((one) => text(one) !== null);
    const source = path === undefined ? null : text(path);
    if (path === undefined || source === null) {
      throw byHand(
        service,
        'the file that it starts from could not be told',
        'start it with `opentelemetry-instrument` of opentelemetry-distro before its command.',
      );
    }
    const manifest = ['requirements.txt', 'pyproject.toml']
      .map((one) => inService(service, one))
      .find((one) => text(one) !== null);
    const listed = manifest === undefined ? null : text(manifest);
    if (manifest === undefined || listed === null) {
      throw byHand(
        service,
        'it has no requirements.txt and no pyproject.toml',
        'add opentelemetry-distro and opentelemetry-exporter-otlp-proto-http to what it installs.',
      );
    }
    if (/opentelemetry/.test(source) || /opentelemetry/i.test(listed)) {
      return [
        { path, content: source },
        { path: manifest, content: listed },
      ];
    }
    if (/^\s*--hash=|\s--hash=/m.test(listed)) {
      throw byHand(
        service,
        `${manifest} pins its packages by hashes`,
        `add ${packages(service).join(', ')} where it is made from, and call initialize() of opentelemetry.instrumentation.auto_instrumentation first in ${path}.`,
      );
    }
    const origin = inService(service, 'requirements.in');
    const made = manifest.endsWith('.txt') ? text(origin) : null;
    const content = manifest.endsWith('.txt')
      ? withRequirements(listed, service)
      : withProject(listed, service);
    if (content === null) {
      throw byHand(
        service,
        `the dependencies in ${manifest} do not stand in a list of [project]`,
        `add ${packages(service).join(', ')} to them, and call initialize() of opentelemetry.instrumentation.auto_instrumentation first in ${path}.`,
      );
    }
    return [
      { path, content: started(context, path, source) },
      { path: manifest, content },
      // What a compiled list is made from: else the next compilation drops them.
      ...(made === null ? [] : [{ path: origin, content: withRequirements(made, service) }]),
    ];
  },
};

/** Where the process of a start command begins, likeliest first. */
function entries(service: Service): readonly string[] {
  const start = service.start ?? '';
  const module = /(?:^|\s)([\w.]+):\w+/.exec(start)?.[1];
  const django = service.framework === 'django' ? djangoFolders(service) : [];
  const script = /\bpython3? (?:-u )?([\w./-]+\.py)\b/.exec(start)?.[1];
  const found = [
    ...django.flatMap((folder) => [`${folder}/wsgi.py`, `${folder}/asgi.py`]),
    ...(module
      ? [
          inService(service, `${module.replaceAll('.', '/')}.py`),
          inService(service, `${module.replaceAll('.', '/')}/__init__.py`),
          inService(service, `src/${module.replaceAll('.', '/')}.py`),
        ]
      : []),
    ...(script && !script.endsWith('manage.py') ? [inService(service, script)] : []),
  ];
  return [...new Set(found)];
}

/** Folders that may hold a Django project's settings, by where its facts were read. */
function djangoFolders(service: Service): readonly string[] {
  const files = [...service.env, ...service.evidence].map(({ file }) => file);
  const settings = files.flatMap(
    (file) => /^(.+?)\/(?:settings(?:\/\w+)?|wsgi|asgi)\.py$/.exec(file)?.[1] ?? [],
  );
  return [...new Set(settings)].slice(0, 5);
}

function packages(service: Service): readonly string[] {
  const own = instrumented.filter((one) => one === service.framework);
  return [
    `opentelemetry-distro>=${oldest.beta}`,
    `opentelemetry-exporter-otlp-proto-http>=${oldest.stable}`,
    ...own.map((one) => `opentelemetry-instrumentation-${one}>=${oldest.beta}`),
  ];
}

function withRequirements(text: string, service: Service): string {
  const end = lineEnd(text);
  const open = text === '' || text.endsWith('\n') ? '' : end;
  return (
    text +
    open +
    packages(service)
      .map((one) => one + end)
      .join('')
  );
}

function withProject(text: string, service: Service): string | null {
  const found =
    /^\[project\][ \t]*\r?\n(?:(?!\[[\w."-]+\][ \t]*\r?$)[^\n]*\n)*?dependencies[ \t]*=[ \t]*\[[ \t]*\r?\n((?:[ \t]*(?:["'#][^\n]*)?\r?\n)*)([ \t]*)\]/m.exec(
      text,
    );
  if (!found) return null;
  const [whole, body = '', close = ''] = found;
  const indent = /^([ \t]+)["']/m.exec(body)?.[1] ?? '    ';
  const mark = /^[ \t]+'/m.test(body) ? "'" : '"';
  const end = lineEnd(text);
  const at = found.index + whole.length - close.length - 1;
  const before = text.slice(0, at);
  // The last entry of a list needs no comma until another one follows.
  const open =
    body.trim() === '' ? before : before.replace(/(["'])([ \t]*(?:#[^\n]*)?\r?\n)$/, '$1,$2');
  const added = [
    `# New: lock the dependencies once more.`,
    ...packages(service).map((one) => `${mark}${one}${mark},`),
  ];
  return open + added.map((line) => indent + line + end).join('') + text.slice(at);
}

/** After what must stand first: interpreter line, comments, docstring, imports from the future; in Django after its settings. */
function started({ service }: WiringContext, path: string, source: string): string {
  const call = withLineEnds(
    'from opentelemetry.instrumentation.auto_instrumentation import initialize\n\n# Before what it watches is imported; it sends to OTEL_EXPORTER_OTLP_ENDPOINT.\ninitialize()\n',
    source,
  );
  const end = lineEnd(source);
  const settings = /^[^\n]*DJANGO_SETTINGS_MODULE[^\n]*\n/m.exec(source);
  if (service.framework === 'django' && /[aw]sgi\.py$/.test(path)) {
    if (!settings || /^[ \t]/.test(settings[0])) {
      throw byHand(
        service,
        `${path} does not set DJANGO_SETTINGS_MODULE on a line of its own`,
        'call initialize() of opentelemetry.instrumentation.auto_instrumentation after it is set.',
      );
    }
    const at = settings.index + settings[0].length;
    return `${source.slice(0, at)}${end}${call}${source.slice(at)}`;
  }
  const head =
    /^(?:\uFEFF)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[rRuU]?(?:"""[\s\S]*?"""|'''[\s\S]*?''')[ \t]*\r?\n)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:from __future__ import [^\n(]+\n(?:[ \t]*\r?\n)*)*/.exec(
      source,
    )?.[0] ?? '';
  return `${head}${call}${end}${source.slice(head.length)}`;
}
