import type { AppObject } from './app-object.ts';
import type { PythonProject } from './project.ts';

/** A command that serves an application object, or null with what would make one. */
export type Served = { readonly command: string; readonly doubt: string | null };

/** The ASGI server among the project's dependencies, as a command; null where there is none. */
export function asgiCommand(project: PythonProject, app: AppObject, port: number): string | null {
  const { dependencies, run } = project;
  const target = `${app.module}:${app.variable}`;
  const extras = dependencies.get('fastapi')?.extras ?? [];
  const bundled = extras.some((extra) => ['standard', 'all'].includes(extra.replace(/-.*/, '')));
  if (dependencies.has('uvicorn') || bundled || dependencies.has('fastapi-cli')) {
    const factory = app.isFactory ? ' --factory' : '';
    const from = app.from === '.' ? '' : ` --app-dir ${app.from}`;
    return `${run}uvicorn ${target}${factory}${from} --host 0.0.0.0 --port ${port}`;
  }
  if (dependencies.has('granian')) {
    const factory = app.isFactory ? ' --factory' : '';
    const from = app.from === '.' ? '' : ` --working-dir ${app.from}`;
    return `${run}granian --interface asgi ${target}${factory}${from} --host 0.0.0.0 --port ${port}`;
  }
  if (app.from !== '.') return null;
  const call = app.isFactory ? '()' : '';
  if (dependencies.has('hypercorn'))
    return `${run}hypercorn "${target}${call}" --bind 0.0.0.0:${port}`;
  if (dependencies.has('daphne')) return `${run}daphne -b 0.0.0.0 -p ${port} ${target}`;
  return null;
}

/** The WSGI server among the project's dependencies, as a command; null where there is none. */
export function wsgiCommand(project: PythonProject, app: AppObject, port: number): string | null {
  const { dependencies, run } = project;
  const variable = app.made === 'Dash' ? 'server' : app.variable;
  const target = `${app.module}:${variable}`;
  const call = app.isFactory ? `"${target}()"` : target;
  if (dependencies.has('gunicorn')) {
    const from = app.from === '.' ? '' : ` --chdir ${app.from}`;
    return `${run}gunicorn ${call}${from} --bind 0.0.0.0:${port}`;
  }
  if (app.from !== '.') return null;
  if (dependencies.has('waitress')) {
    return `${run}waitress-serve --listen=0.0.0.0:${port}${app.isFactory ? ' --call' : ''} ${target}`;
  }
  if (dependencies.has('uwsgi')) {
    const factory = app.isFactory ? `"${target}()"` : target;
    return `${run}uwsgi --http 0.0.0.0:${port} --master --module ${factory}`;
  }
  return null;
}
