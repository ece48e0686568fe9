import type { SourcePattern } from '../source-signals.ts';
import { databaseChoices } from './database-choice.ts';
import { goEnvPatterns } from './go-env.ts';

/** What Go sources give away; `import` comes last, so that it is what a huge file loses. */
export const goPatterns: readonly SourcePattern[] = [
  ...databaseChoices,
  { fact: 'entry', hint: 'package main', pattern: /^package main\b/gm, value: () => 'go-main' },
  {
    fact: 'entry',
    hint: '//go:embed',
    directive: true,
    pattern: /^\/\/go:embed[ \t]+"?(?:all:)?(?<value>[\w.@/*?-]+)/gm,
    value: ({ groups }) => `go-embed:${groups?.value}`,
  },
  {
    fact: 'entry',
    hint: 'erve',
    pattern:
      /\b(?:ListenAndServe(?:TLS)?\(|http\.Server\{|http\.Serve\(|grpc\.NewServer\(|fiber\.New\()|\.(?:Serve|RunListener)\(/g,
    value: () => 'go-listen',
  },
  { fact: 'entry', hint: 'net.Listen(', pattern: /\bnet\.Listen\(/g, value: () => 'go-listen' },
  { fact: 'entry', hint: '.Listen(', pattern: /\.Listen\(/g, value: () => 'go-listen:fiber' },
  {
    fact: 'entry',
    hint: '.Run(',
    pattern: /\.Run\((?!\s*(?:os\.Args|ctx\b|context\.))/g,
    value: () => 'go-listen:gin',
  },
  { fact: 'entry', hint: '.Start(', pattern: /\.Start\(/g, value: () => 'go-listen:echo' },
  {
    fact: 'entry',
    hint: '"',
    pattern: /\b(?:Use|Name):\s*"(?<value>serve|server|web|start|daemon)\b[^"\n]*"/g,
    value: (match) => `go-command:${match.groups?.value}`,
  },
  ...goEnvPatterns,
  {
    fact: 'port',
    hint: 'isten',
    pattern:
      /\b(?:ListenAndServe(?:TLS)?|Listen)\(\s*(?:"tcp[46]?"\s*,\s*)?"[^":\n]*:(?<value>\d{2,5})"/g,
  },
  {
    fact: 'port',
    hint: '.Run()',
    pattern: /\b(?:r|router|engine|g)\.Run\(\)/g,
    value: () => '8080',
  },
  { fact: 'port', hint: '.Run(', pattern: /\.Run\(\s*"[^":\n]*:(?<value>\d{2,5})"/g },
  { fact: 'port', hint: '.Start(', pattern: /\.Start\(\s*"[^":\n]*:(?<value>\d{2,5})"/g },
  { fact: 'port', hint: 'Addr', pattern: /\bAddr:\s*"[^":\n]*:(?<value>\d{2,5})"/g },
  {
    fact: 'default-port',
    hint: 'ort',
    pattern:
      /\b(?:(?:default|listen|http|server|grpc|web|api)_?)?port\s*(?:u?int(?:16|32|64)?\s*)?:?=\s*":?(?<value>\d{4,5})"/gi,
  },
  {
    fact: 'default-port',
    hint: 'ort',
    pattern:
      /\b(?:(?:default|listen|http|server|grpc|web|api)_?)?port\s*(?:u?int(?:16|32|64)?\s*)?:?=\s*(?<value>\d{4,5})\b/gi,
  },
  {
    fact: 'port',
    hint: '_ADDR"',
    pattern:
      /"(?:LISTEN|BIND|HTTP|SERVER)_ADDR"[^"\n]*(?:\n[^"\n]*){0,3}"[\w.]*:(?<value>\d{4,5})"/g,
  },
  {
    fact: 'port',
    hint: 'ddr',
    pattern:
      /\b\w{0,40}(?:listen|server|http|default)\w{0,20}addr\w{0,20}\s*:?=\s*"[\w.]*:(?<value>\d{2,5})"/gi,
  },
  {
    fact: 'port',
    hint: '(',
    pattern:
      /\b(?:Int|String|Uint)(?:Var)?P?\(\s*(?:&[\w.]+\s*,\s*)?"(?:[\w-]*[-_.])?(?:port|addr|address|listen|bind)"\s*,\s*(?:"\w?"\s*,\s*)?"?[\w.]*:?\b(?<value>\d{2,5})\b/g,
  },
  {
    fact: 'port',
    hint: '"http',
    pattern:
      /\bString(?:Var)?P?\(\s*(?:&[\w.]+\s*,\s*)?"https?"\s*,\s*(?:"\w?"\s*,\s*)?"[\w.]*:(?<value>\d{2,5})"/g,
  },
  {
    fact: 'entry',
    hint: 'flag.String',
    pattern:
      /\bp?flag\.String(?:Var)?P?\(\s*(?:&[\w.]+\s*,\s*)?"(?<value>(?:[\w-]*[-_.])?(?:https?|addr|address|listen|bind|server))"\s*,\s*(?:"\w?"\s*,\s*)?"(?:localhost|127\.0\.0\.1|\[::1\]):(?<port>\d{2,5})"/g,
    value: ({ 0: text, groups }) =>
      `loopback-flag:${text.startsWith('p') ? '--' : '-'}${groups?.value} 0.0.0.0:${groups?.port}`,
  },
  {
    fact: 'entry',
    hint: ':',
    pattern:
      /\b(?:ListenAndServe(?:TLS)?\(|Listen\(\s*"tcp[46]?"\s*,|\.(?:Run|Start|Listen)\(|Addr:)\s*"(?:localhost|127\.0\.0\.1|\[::1\]):/g,
    value: () => 'loopback',
  },
  {
    fact: 'port',
    hint: 'SetDefault',
    pattern:
      /\bSetDefault\(\s*"(?:[\w.]*[._])?(?:port|addr|address|listen)"\s*,\s*"?[\w.]*:?\b(?<value>\d{2,5})\b/gi,
  },
  {
    fact: 'port',
    hint: 'PORT',
    pattern: /"[A-Z_]{0,40}PORT(?:_NUMBER)?"\s*\)?\s*,\s*"?:?(?<value>\d{2,5})\b/g,
  },
  {
    fact: 'port',
    hint: 'efault:"',
    pattern:
      /\b(?:env|envconfig):"(?:[A-Z]+_)?(?:PORT|ADDR|LISTEN)[^"`\n]*"[^`\n]*[dD]efault:"[\w.]*:?\b(?<value>\d{2,5})"/g,
  },
  {
    fact: 'file',
    hint: '(',
    pattern:
      /\b(?:Parse(?:Files|Glob)|LoadHTML(?:Glob|Files)|(?:os|ioutil)\.(?:Open|ReadFile|ReadDir|DirFS)|http\.Dir)\(\s*"(?<value>[^"\n]{1,200})"/g,
  },
  {
    fact: 'file',
    hint: '.Static',
    pattern: /\.Static(?:FS|File)?\(\s*"[^"\n]*"\s*,\s*"(?<value>[^"\n]{1,200})"/g,
  },
  {
    fact: 'file',
    hint: 'ServeFile(',
    pattern: /\bServeFile\(\s*\w+\s*,\s*\w+\s*,\s*"(?<value>[^"\n]{1,200})"/g,
  },
  {
    fact: 'file',
    hint: '"file://',
    pattern: /"file:\/\/(?<value>[\w.][^"\n]{0,200})"/g,
  },
  {
    fact: 'health',
    hint: '/',
    pattern:
      /\(\s*"(?:GET )?(?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|up|status))"/g,
  },
  {
    fact: 'import',
    hint: '"',
    pattern:
      /^(?:import)?[ \t]+(?:[\w.]+[ \t]+)?"(?<value>[\w.~-]+\/[\w.~/-]+)"[ \t]*(?:\/\/.*)?\r?$/gm,
  },
];
