import type { SourcePattern } from '../source-signals.ts';

const name = `["'](?<name>[A-Z_][A-Z0-9_]*)["']`;
/** The class around the last field asked about, and where the next begins: fields come in order. */
let around = { source: '', start: 0, next: 0 };

/** Where the class begins whose body holds this index, in a time that is linear over all fields of a file. */
function classStart(source: string, index: number): number {
  if (around.source !== source || index < around.start) around = { source, start: 0, next: -2 };
  if (around.next === -2) around.next = source.indexOf('\nclass ');
  while (around.next !== -1 && around.next < index) {
    around.start = around.next + 1;
    around.next = source.indexOf('\nclass ', around.start);
  }
  return around.start;
}

/** A field of a pydantic settings class, as the variable that sets it; null for any other class's field. */
function settingsField(match: RegExpMatchArray): string | null {
  const source = match.input ?? '';
  const start = classStart(source, match.index ?? 0);
  const header = source.slice(start, source.indexOf('\n', start));
  if (!/\bBaseSettings\b|\bAppSettings\b/.test(header)) return null;
  // A function's local variables are indented deeper; a dedented line ends the class.
  if (/\n[^\s#)]/.test(source.slice(start, match.index))) return null;
  const field = match.groups?.name ?? '';
  if (field === 'model_config') return null;
  const end = around.next;
  const body = source.slice(start, end === -1 ? source.length : end).slice(0, 20_000);
  const prefix = /\benv_prefix\s*=\s*["'](\w{0,40})["']/.exec(body)?.[1] ?? '';
  return `${prefix}${field}`.toUpperCase();
}

/** What Python sources give away. */
export const pythonPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'environ[',
    pattern: new RegExp(String.raw`\benviron\[\s*${name}\s*\](?!\s*=(?!=))`, 'g'),
  },
  {
    fact: 'env',
    hint: 'env',
    bare: true,
    pattern: new RegExp(
      String.raw`\b(?:environ\.get|getenv)\(\s*${name}\s*(?<fallback>,(?!\s*None\s*\))|\)[ \t]*(?:or\b|and\b|[!=]=|is not None|if\b)|,\s*None\s*\)\s*or\b|(?<=\b(?:if|not|bool\()[^\n]{0,160})\))?`,
      'g',
    ),
  },
  {
    // if not os.getenv("X"): raise …
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`\bif not (?:os\.)?(?:environ\.get|getenv)\(\s*${name}\s*\)\s*:\s*(?:raise\b|sys\.exit\()`,
      'g',
    ),
  },
  {
    // A project's own helper around the environment: envbool("X", "True"), get_env_variable("X")
    fact: 'env',
    hint: 'env',
    bare: true,
    pattern: new RegExp(
      String.raw`\b(?:env_?(?:str|string|bool|int|float|list|secret|file|var)|get_?env_?(?:var|variable|value|str|bool|int|list|or_file)|get_from_env|(?:str|bool|int|list)_from_env)\(\s*${name}\s*(?<fallback>,)?`,
      'g',
    ),
  },
  {
    fact: 'env',
    hint: 'in os.environ',
    pattern: /["'](?<name>[A-Z_][A-Z0-9_]*)["'](?<fallback>\s+(?:not\s+)?in\s+os\.environ)/g,
  },
  {
    fact: 'env',
    hint: 'env',
    pattern: new RegExp(
      String.raw`\benv(?:\.(?:str|bool|int|float|list|dict|json|url|db|db_url|cache|cache_url|email_url|path|decimal|get_value))?\(\s*${name}(?:[^()\n]{0,80}?(?<fallback>default\s*=|,\s*["'\dTF\[]))?`,
      'g',
    ),
  },
  {
    fact: 'env',
    hint: 'config(',
    pattern: new RegExp(
      String.raw`\bconfig\(\s*${name}(?:[^()\n]{0,80}?(?<fallback>default\s*=))?`,
      'g',
    ),
  },
  {
    fact: 'env',
    hint: 'BaseSettings',
    pattern:
      /^(?: {4}|\t)(?<name>[A-Za-z][A-Za-z0-9_]*)[ \t]*:[ \t]*[^=\n#]{1,120}(?<fallback>=)?/gm,
    value: settingsField,
  },
  {
    fact: 'env',
    hint: 'dj_database_url.config(',
    pattern: /\bdj_database_url\.config\((?<fallback>)/g,
    value: () => 'DATABASE_URL',
  },
  {
    fact: 'port',
    hint: 'port',
    pattern:
      /\b(?:run|run_app|run_simple|run_server|launch|serve|Config|bind_sockets)\([^()]{0,250}?\b(?:server_)?port\s*=\s*["']?(?<value>\d{2,5})\b/g,
  },
  {
    fact: 'port',
    hint: 'PORT',
    pattern: /["'](?:\w+_)?PORT["']\s*,\s*(?:default\s*=\s*)?["']?(?<value>\d{2,5})\b/g,
    value: (match) =>
      /["'](?:(?:APP|SERVER|HTTP|API|WEB|LISTEN|FLASK|SERVICE)_)?PORT["']/.test(match[0])
        ? (match.groups?.value ?? null)
        : null,
  },
  { fact: 'port', hint: 'PORT', pattern: /["']PORT["']\s*\)\s*or\s*["']?(?<value>\d{2,5})\b/g },
  {
    fact: 'port',
    hint: '_port(',
    pattern: /\.add_(?:in)?secure_port\(\s*f?["'][^"'\n]{0,40}:(?<value>\d{2,5})["']/g,
  },
  { fact: 'port', hint: '.listen(', pattern: /\.listen\(\s*(?<value>\d{2,5})\b/g },
  {
    fact: 'port',
    hint: 'ort',
    pattern: /^(?:PORT|port|SERVER_PORT)\s*(?::\s*int\s*)?=\s*(?<value>\d{2,5})\b/gm,
  },
  {
    fact: 'port',
    hint: 'define(',
    pattern: /\bdefine\(\s*["']port["'][^()\n]{0,60}?default\s*=\s*(?<value>\d{2,5})/g,
  },
  {
    // Routers and blueprints are mounted under prefixes that one line does not show.
    fact: 'health',
    hint: '/',
    pattern:
      /@(?:app|application|api|server)\.(?:get|route)\(\s*["'](?<value>\/(?:api\/)?(?:_?health(?:z|check|-check)?|livez?|readyz?|ping)\/?)["']/g,
  },
  {
    fact: 'entry',
    hint: '(',
    pattern:
      /^(?<name>[A-Za-z_]\w*)[ \t]*(?::[ \t]*[\w.]{1,60}[ \t]*)?=[ \t]*(?:\w{1,40}\.){0,2}(?<cls>FastAPI|Flask|APIFlask|Starlette|Litestar|Quart|Sanic|Dash|Bottle|Celery|Robyn|BlackSheep|Connexion|FlaskApp|AsyncApp|Huey|SocketManager|Application|get_wsgi_application|get_asgi_application)\(/gm,
    value: (match) => `app:${match.groups?.cls}:${match.groups?.name}`,
  },
  {
    fact: 'entry',
    hint: 'def ',
    pattern:
      /^(?:async )?def (?<name>create_app|make_app|build_app|get_app|create_application|get_application|app_factory)\(/gm,
    value: (match) => `factory:${match.groups?.name}`,
  },
  {
    fact: 'entry',
    hint: '= create_app(',
    pattern:
      /^(?<name>app|application)[ \t]*(?::[ \t]*\w+[ \t]*)?=[ \t]*(?:\w+\.)?(?:create_app|make_app|create_application|build_app|get_app)\(/gm,
    value: (match) => `made:${match.groups?.name}`,
  },
  {
    fact: 'entry',
    hint: '__main__',
    pattern: /^if\s+\(?\s*__name__\s*==\s*["']__main__["']/gm,
    value: () => 'py-main',
  },
  {
    fact: 'entry',
    hint: '(',
    pattern:
      /\b(?:uvicorn\.run|hypercorn\.run|web\.run_app|waitress\.serve|serve_forever|\w+\.run_server|\w+\.launch|(?:app|application|server|api|socketio)\.run|(?:app|server)\.listen|add_insecure_port|add_secure_port)\((?:[^()]{0,250}?(?<name>0\.0\.0\.0|["']::["']|\[::\]))?/g,
    value: (match) =>
      match.groups?.name || /port\(|listen\(|serve_forever|run_app/.test(match[0])
        ? 'py-serves'
        : 'py-serves-locally',
  },
  {
    fact: 'entry',
    hint: 'WSGI_APPLICATION',
    pattern: /^WSGI_APPLICATION\s*=\s*["'](?<name>[\w.]{1,100})["']/gm,
    value: (match) => `wsgi:${match.groups?.name}`,
  },
  {
    fact: 'import',
    hint: 'import ',
    pattern:
      /^(?:from|import)[ \t]+(?<name>streamlit|gradio|flask|fastapi|django|dash|tornado|aiohttp|grpc|nicegui|chainlit|apscheduler|schedule|pika|kafka|aiokafka|discord|telegram|aiogram|slack_bolt|rq|dramatiq|arq|huey)\b/gm,
  },
  {
    fact: 'import',
    hint: 'django.db.backends.',
    pattern: /["']django\.db\.backends\.(?<name>postgresql|mysql|oracle)\w*["']/g,
    value: (match) => `django:${match.groups?.name}`,
  },
  {
    fact: 'import',
    hint: 'gis.db.backends.',
    pattern: /["']django\.contrib\.gis\.db\.backends\.(?<name>postgis|mysql)["']/g,
    value: (match) => `django:${match.groups?.name === 'mysql' ? 'mysql' : 'postgis'}`,
  },
  {
    fact: 'import',
    hint: 'STATIC_ROOT',
    pattern: /^STATIC_ROOT\s*=/gm,
    value: () => 'django:static',
  },
];
