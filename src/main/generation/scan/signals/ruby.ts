import type { SourcePattern } from '../source-signals.ts';
import { databaseChoices } from './database-choice.ts';

/** Variables that tools and images of Ruby set themselves. */
const builtIn =
  /^(?:(?:RAILS|RACK)_ENV|BUNDLE_\w+|GEM_(?:HOME|PATH)|RUBYOPT|PIDFILE|RAILS_(?:SERVE_STATIC_FILES|LOG_TO_STDOUT))$/;

const deployed = (match: RegExpMatchArray): string | null =>
  builtIn.test(match.groups?.name ?? '') ? null : (match.groups?.name ?? null);

/** What Ruby sources (also config.ru and Rakefiles) give away. */
export const rubyPatterns: readonly SourcePattern[] = [
  ...databaseChoices,
  {
    fact: 'entry',
    hint: 'sinatra',
    pattern: /^require\s+["']sinatra["']/gm,
    value: () => 'ruby-sinatra',
  },
  {
    fact: 'env',
    hint: 'ENV[',
    bare: true,
    pattern:
      /(?<needed>\braise\b[^\n]{0,160}\bunless\s+)?\bENV\[\s*["'](?<name>[A-Z_][A-Z0-9_]*)["']\s*\](?:\s*(?<fallback>\|\||\?|==|\.present|\.presence|&\.|\.nil|\.to_|&&|(?<=\b(?:if|unless|elsif)\s+!?\s*ENV\[[^\]\n]{1,90}\]\s{0,3})))?/g,
    value: deployed,
  },
  {
    fact: 'env',
    hint: 'ENV.fetch',
    pattern:
      /\bENV\.fetch\(?\s*["'](?<name>[A-Z_][A-Z0-9_]*)["']\s*(?<fallback>,|\)\s*(?:\{|do\b))?/g,
    value: deployed,
  },
  {
    fact: 'env',
    hint: 'ENV.key',
    pattern: /\bENV\.(?:key|has_key|include)\?\(\s*["'](?<name>[A-Z_][A-Z0-9_]*)["'](?<fallback>)/g,
    value: deployed,
  },
  {
    fact: 'port',
    hint: 'set :port',
    pattern: /\bset\s*\(?\s*:port\s*,[^\n\d]{0,60}(?<value>\d{4,5})\b/g,
  },
  {
    fact: 'health',
    hint: '/',
    pattern:
      /\bget\s*\(?\s*["'](?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|up|status))["']/g,
  },
  {
    fact: 'health',
    hint: 'rails/health#show',
    pattern:
      /\bget\s*\(?\s*["']\/?(?<value>[\w/-]+)["']\s*(?:=>|,\s*to:)\s*["']rails\/health#show["']/g,
    value: (match) => `/${match.groups?.value}`,
  },
];
