import type { SourcePattern } from '../source-signals.ts';
import { databaseChoices } from './database-choice.ts';
import { javascriptChecks } from './javascript-checks.ts';
import { javascriptServedFolders } from './served-folders.ts';

/** Variables that the tools set themselves; nobody who deploys has to. */
const builtIn =
  /^(?:NODE_ENV|NODE_OPTIONS|NEXT_RUNTIME|NEXT_PHASE|MODE|DEV|PROD|SSR|BASE_URL|VITEST|JEST_WORKER_ID|TURBOPACK|ANALYZE|(?:npm|VERCEL|NETLIFY|GITHUB|CF_PAGES)_\w+|VERCEL|NETLIFY)$/;

const deployed = (match: RegExpMatchArray): string | null => {
  const name = match.groups?.name ?? match.groups?.quoted ?? '';
  // `X: process.env.X` beside a schema only hands it on; the schema says whether it is required.
  if (match.groups?.key === name && match.input?.includes('createEnv(')) return null;
  return builtIn.test(name) ? null : name;
};

/** What a file holds whose schemas are of the environment. */
const environment =
  /\b(?:process|import\.meta|Bun)\.env\b|\bcreateEnv\(|\benv(?:Vars?|Variables?)?_?(?:schema|validat|config)|\b(?:validate|parse|load)_?env|ConfigModule|ConfigService/i;

const inEnvSchema = (match: RegExpMatchArray): string | null =>
  environment.test((match.input ?? '').slice(0, 100_000)) ? deployed(match) : null;

/** How the environment is read by name. */
const read = String.raw`(?:process\.env|import\.meta\.env|Bun\.env)(?:\.|\[\s*["'])`;
/**
 * What stands around a variable that has a default, or whose absence the code tests for
 * (`fallback`; `tested` where it only does that), or that the types are told to be there (`needed`).
 */
const treated = String.raw`(?:(?<fallback>(?:\s*\)){0,2}\s*(?:\|\||\?\?|[!=]==?|\?(?!\?))|(?<tested>(?:\s*\)){0,2}\s*&&|(?<=\b(?:if|Boolean)\s*\(\s*!?\s*${read}\w{1,80}(?:["']\s*\])?)\s*\)|(?<=!!?\s*${read}\w{1,80}(?:["']\s*\])?)))|(?<needed>!(?!=)|\s+as\s+string\b))?`;
const portVariable = '(?:(?:APP|SERVER|HTTP|API|WEB|NODE|LISTEN|BACKEND|SERVICE)_)?PORT';

/** What JavaScript and TypeScript sources give away. */
export const javascriptPatterns: readonly SourcePattern[] = [
  ...databaseChoices,
  ...javascriptChecks,
  ...javascriptServedFolders,
  {
    fact: 'env',
    hint: 'env',
    bare: true,
    pattern: new RegExp(
      String.raw`(?:\b(?<key>[A-Z_][A-Z0-9_]*)\s*:\s*)?\b(?:process\.env|import\.meta\.env|Bun\.env)(?:\.(?<name>[A-Z_][A-Z0-9_]*)\b|\[\s*["'](?<quoted>[A-Z_][A-Z0-9_]*)["']\s*\])${treated}`,
      'g',
    ),
    value: deployed,
  },
  {
    fact: 'env',
    hint: 'Deno.env',
    bare: true,
    pattern: new RegExp(
      String.raw`\bDeno\.env\.get\(\s*["'](?<name>[A-Z_][A-Z0-9_]*)["']\s*\)${treated}`,
      'g',
    ),
    value: deployed,
  },
  {
    fact: 'env',
    hint: '} = process.env',
    bare: true,
    pattern:
      /\b(?<name>[A-Z_][A-Z0-9_]*)\b(?:\s*:\s*\w+)?(?<fallback>\s*=(?!=)[^,{}]{0,100})?(?=[^{}]{0,600}\}\s*=\s*process\.env\b)/g,
    value: deployed,
  },
  {
    fact: 'env',
    hint: '$env/',
    pattern: /\b(?<name>[A-Z_][A-Z0-9_]*)\b(?=[^{}]{0,600}\}\s*from\s*["']\$env\/static\/)/g,
    value: deployed,
  },
  {
    fact: 'env',
    hint: 'onfig',
    bare: true,
    pattern:
      /\bconfig(?:Service)?\s*\.\s*get(?<needed>OrThrow)?(?:<[^>\n]{0,60}>)?\(\s*["'](?<name>[A-Z][A-Z0-9_]+)["']\s*(?<fallback>,|\)\s*(?:\|\||\?\?))?/gi,
    value: deployed,
  },
  {
    fact: 'env',
    hint: 'env',
    bare: true,
    pattern:
      /\benv(?:\.(?:int|float|bool|array|json|date|oneOf))?\(\s*["'](?<name>[A-Z][A-Z0-9_]+)["']\s*(?<fallback>,|\)\s*(?:\|\||\?\?|&&|[!=]==?|\?(?!\?)))?/g,
    value: deployed,
  },
  {
    fact: 'env',
    hint: ': z',
    pattern:
      /^[ \t]*["']?(?<name>[A-Z][A-Z0-9_]+)["']?[ \t]*:\s*z\s*\.(?:(?!\n[ \t]*["']?[A-Z][A-Z0-9_]*["']?[ \t]*:)[^;]){0,300}?(?:(?<fallback>\.(?:optional|default|nullish|catch)\()|(?=\n[ \t]*["']?[A-Z][A-Z0-9_]*["']?[ \t]*:|\n[ \t]*\}))/gm,
    value: inEnvSchema,
  },
  {
    fact: 'env',
    hint: 'oi.',
    bare: true,
    pattern:
      /^[ \t]*["']?(?<name>[A-Z][A-Z0-9_]+)["']?[ \t]*:\s*Joi\s*\.(?:(?!\n[ \t]*["']?[A-Z][A-Z0-9_]*["']?[ \t]*:)[^;]){0,300}?(?:(?<fallback>\.(?:optional|default)\()|(?<needed>\.required\()|(?=\n[ \t]*["']?[A-Z][A-Z0-9_]*["']?[ \t]*:|\n[ \t]*\}))/gm,
    value: inEnvSchema,
  },
  {
    fact: 'env',
    hint: 'cleanEnv',
    pattern:
      /^[ \t]*(?<name>[A-Z][A-Z0-9_]+)[ \t]*:\s*(?:str|num|bool|port|url|email|host|json)\([^)\n]{0,200}?(?:(?<fallback>\bdefault:)|\))/gm,
    value: deployed,
  },
  {
    fact: 'port',
    hint: 'PORT',
    pattern: new RegExp(
      String.raw`\benv(?:ironment)?(?:\.|\[\s*["'])${portVariable}\b["']?\]?[^\n;]{0,40}?(?:\|\||\?\?|\?[^:\n]{0,60}:)\s*(?:Number\(|parseInt\()?["'\x60]?(?<value>\d{2,5})\b`,
      'g',
    ),
  },
  {
    fact: 'port',
    hint: 'PORT',
    pattern: new RegExp(
      String.raw`["']${portVariable}["']\s*\)?[^\n;]{0,20}?(?:,|\|\||\?\?)\s*["']?(?<value>\d{2,5})\b`,
      'g',
    ),
  },
  {
    fact: 'port',
    hint: 'PORT',
    pattern: new RegExp(
      String.raw`^[ \t]*${portVariable}\s*:[^\n]{0,120}?\bdefault(?:\(|:)\s*["']?(?<value>\d{2,5})\b`,
      'gm',
    ),
  },
  {
    fact: 'port',
    hint: 'PORT',
    pattern: new RegExp(
      String.raw`\b${portVariable}\s*=\s*(?<value>\d{2,5})\b(?=[^{}]{0,600}\}\s*=\s*process\.env\b)`,
      'g',
    ),
  },
  {
    fact: 'port',
    hint: 'ort',
    pattern:
      /\b(?:const|let|var)\s+(?:port|PORT|serverPort|httpPort)\s*(?::\s*\w+\s*)?=\s*["']?(?<value>\d{2,5})\b/g,
  },
  { fact: 'port', hint: '.listen(', pattern: /\.listen\(\s*["']?(?<value>\d{2,5})\b/g },
  {
    fact: 'port',
    hint: 'port:',
    pattern:
      /(?:\.listen|\bserve|\bBun\.serve|\bDeno\.serve|\bstartStandaloneServer)\((?:[^(){}]{0,80},)?\s*\{[^{}]{0,200}?\bport:\s*(?:[\w.]{1,60}\s*(?:\|\||\?\?)\s*)?(?<value>\d{2,5})\b/g,
  },
  {
    fact: 'port',
    hint: 'export default',
    pattern:
      /\bexport default \{(?=[^{}]{0,200}\bfetch\b)[^{}]{0,200}?\bport:\s*(?:[\w.]{1,60}\s*(?:\|\||\?\?)\s*)?(?<value>\d{2,5})\b/g,
  },
  {
    // A router is mounted under a prefix that one line does not show, so only the application counts.
    fact: 'health',
    hint: '/',
    pattern:
      /\b(?:app|server|fastify|application)\.(?:get|all|use)\(\s*["'\x60](?<value>\/(?:api\/)?(?:_?health(?:z|check|-check)?|livez?|readyz?|ping))["'\x60]/g,
  },
  {
    fact: 'entry',
    hint: 'listen(',
    pattern:
      /\.listen\(\s*(?:\{|\d|process\.|\+|Number|parseInt|[\w.]*(?:port|PORT|Port)\b|env\b|config\b)/g,
    value: () => 'js-listen',
  },
  { fact: 'entry', hint: 'listen()', pattern: /\bapp\.listen\(\s*\)/g, value: () => 'js-listen' },
  { fact: 'entry', hint: 'serve(', pattern: /\b(?:Bun|Deno)\.serve\(/g, value: () => 'js-listen' },
  {
    // Bun and Deno serve what a module exports so; with a port it is no Worker of another platform.
    fact: 'entry',
    hint: 'export default',
    pattern: /\bexport default \{(?=[^{}]{0,200}\bfetch\b)[^{}]{0,200}?\bport\b/g,
    value: () => 'js-listen',
  },
  {
    fact: 'entry',
    hint: '/http/server.ts',
    pattern: /\/http\/server\.ts["']/g,
    value: () => 'js-listen',
  },
  {
    fact: 'entry',
    hint: '.bindAsync(',
    pattern: /\.bindAsync\(/g,
    value: () => 'js-listen',
  },
  {
    fact: 'entry',
    hint: '@hono/node-server',
    pattern: /["']@hono\/node-server["']/g,
    value: () => 'js-listen',
  },
  {
    fact: 'entry',
    hint: 'new Worker(',
    pattern:
      /\bnew Worker(?:<[^>\n]{0,80}>)?\(\s*(?:["'\x60][\w:-]+["'\x60]|\w*[qQ]ueue\w*|\w*QUEUE\w*)/g,
    value: () => 'js-worker',
  },
  {
    fact: 'entry',
    hint: '.',
    pattern:
      /\b(?:channel\.consume|consumer\.run|cron\.schedule|queue\.process|Worker\.create|client\.login|bot\.(?:launch|start))\(|\bnew CronJob\(/g,
    value: () => 'js-worker',
  },
];
