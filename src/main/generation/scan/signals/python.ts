import type { SourcePattern } from '../source-signals.ts';
import { databaseChoices } from './database-choice.ts';
import { pythonEnvPatterns } from './python-env.ts';
import { pythonServedFolders } from './served-folders.ts';

/** What Python sources give away. */
export const pythonPatterns: readonly SourcePattern[] = [
  ...databaseChoices,
  ...pythonEnvPatterns,
  ...pythonServedFolders,
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
  {
    // gunicorn's settings
    fact: 'port',
    hint: 'bind',
    pattern: /^bind\s*=\s*\[?\s*f?["'][^"'\n]{0,60}:(?<value>\d{2,5})["']/gm,
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
    pattern: /["']django\.db\.backends\.(?<name>postgresql|mysql|oracle|sqlite3)\w*["']/g,
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
