import type { SourcePattern } from '../source-signals.ts';

const health: SourcePattern = {
  fact: 'health',
  hint: '"/',
  pattern: /\(\s*"(?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|status))"/g,
};

/** What C and C++ sources give away. `getenv` gives null for what is not set: nothing says that it is needed. */
export const cppPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'getenv',
    pattern: /\bgetenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"(?<fallback>)/g,
  },
  { fact: 'entry', hint: 'listen', pattern: /\blisten\s*\(/g, value: () => 'cpp-listen' },
  {
    fact: 'entry',
    hint: 'AddListeningPort',
    pattern: /\bAddListeningPort\s*\(/g,
    value: () => 'cpp-listen',
  },
  {
    fact: 'file',
    hint: 'open(',
    pattern: /\b(?:f?open|ifstream\s*\w*)\(\s*"(?<value>[^"\n]{1,200})"/g,
  },
  { fact: 'port', hint: '.port(', pattern: /\.port\(\s*(?<value>\d{4,5})/g },
  {
    fact: 'port',
    hint: 'isten',
    pattern: /\b(?:addListener|listen)\(\s*"[^"\n]*"\s*,\s*(?<value>\d{4,5})/g,
  },
  {
    fact: 'port',
    hint: '"listening_ports"',
    pattern: /"listening_ports"\s*,\s*(?:\w+\s*,\s*)?"(?:[\w.]*:)?(?<value>\d{4,5})/g,
  },
  { fact: 'port', hint: 'htons', pattern: /\bhtons\(\s*(?<value>\d{4,5})/g },
  { fact: 'port', hint: 'Port(', pattern: /\bPort\(\s*(?<value>\d{4,5})/g },
  {
    fact: 'default-port',
    hint: 'ort',
    pattern:
      /\b(?:default_?|listen_?|server_?|bind_?|http_?|web_?)?port\s*(?:=|\{)\s*(?<value>\d{4,5})\b/gi,
  },
  { fact: 'default-port', hint: '#define', pattern: /#define\s+\w*PORT\w*\s+(?<value>\d{4,5})\b/g },
  health,
];

/** What Swift sources give away. */
export const swiftPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'Environment.get',
    pattern:
      /\bEnvironment\.get\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)(?<fallback>(?:\s*\.flatMap\([^)\n]*\))?\s*\?\?)?/g,
  },
  {
    fact: 'env',
    hint: '.environment[',
    pattern: /\.environment\[\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\]\s*(?<fallback>\?\?)?/g,
  },
  {
    fact: 'port',
    hint: 'port',
    pattern: /\b(?:configuration\.port\s*=\s*|\.hostname\([^)\n]*port:\s*)(?<value>\d{4,5})/g,
  },
  {
    fact: 'health',
    hint: 'get("',
    pattern: /\.get\(\s*"(?<value>health(?:z|check)?|ping|status)"/g,
    value: (match) => `/${match.groups?.value}`,
  },
];

/** What Dart sources give away. */
export const dartPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: '.environment[',
    pattern: /\.environment\[\s*'(?<name>[A-Z_][A-Z0-9_]*)'\s*\]\s*(?<fallback>\?\?)?/g,
  },
  { fact: 'port', hint: 'PORT', pattern: /\[\s*'PORT'\s*\]\s*\?\?\s*'(?<value>\d{4,5})'/g },
  { fact: 'port', hint: 'serve(', pattern: /\bserve\([^;\n]{0,120},\s*(?<value>\d{4,5})\s*[,)]/g },
  {
    fact: 'health',
    hint: "'/",
    pattern: /\.get\(\s*'(?<value>\/(?:health(?:z|check)?|ping|status))'/g,
  },
];

/** What Haskell sources give away. */
export const haskellPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'Env',
    pattern: /\b(?:getEnv|lookup(?<fallback>Env))\s+"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  {
    fact: 'port',
    hint: '',
    pattern:
      /(?:^|[\s(=$])(?:scotty|run|runEnv|warp|setPort|W\.run|Warp\.run)\s+(?<value>\d{4,5})\b/gm,
  },
  { fact: 'default-port', hint: 'ort', pattern: /\bport\s*=\s*(?<value>\d{4,5})\b/gi },
];

/** What Crystal sources give away. */
export const crystalPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'ENV[',
    pattern: /\bENV\[\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\](?<fallback>\?)?/g,
  },
  {
    fact: 'env',
    hint: 'ENV.fetch',
    pattern: /\bENV\.fetch\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*(?<fallback>,)?/g,
  },
  {
    fact: 'port',
    hint: 'Kemal',
    pattern: /\bKemal\.(?:run\(?\s*|config\.port\s*=\s*)(?:port:\s*)?(?<value>\d{4,5})/g,
  },
  { fact: 'port', hint: 'PORT', pattern: /"PORT"\s*\]?\??\s*(?:\|\||,)\s*"?(?<value>\d{4,5})/g },
  {
    fact: 'entry',
    hint: '127.0.0.1"',
    pattern: /\b(?:bind_tcp|listen)\s*\(?\s*"127\.0\.0\.1"/g,
    value: () => 'loopback',
  },
  {
    fact: 'entry',
    hint: '.bind_tcp',
    // Without an address, HTTP::Server listens on localhost.
    pattern: /\.bind_tcp\s*\(?\s*(?:port\s*[:\n)]|\d)/g,
    value: () => 'loopback',
  },
  {
    fact: 'port',
    hint: 'bind_tcp',
    pattern: /\bbind_tcp\s*\(?\s*(?:"[^"\n]*"\s*,\s*)?(?<value>\d{4,5})/g,
  },
  {
    fact: 'health',
    hint: 'get "',
    pattern: /\bget\s+"(?<value>\/(?:health(?:z|check)?|ping|status|up))"/g,
  },
];

/** What Zig sources give away. */
export const zigPatterns: readonly SourcePattern[] = [
  {
    fact: 'env',
    hint: 'getenv',
    pattern: /\bgetenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)\s*(?<fallback>orelse)?/g,
  },
  {
    fact: 'env',
    hint: 'getEnvVarOwned',
    pattern: /\bgetEnvVarOwned\(\s*\w+\s*,\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  { fact: 'entry', hint: 'listen', pattern: /\.listen\(/g, value: () => 'zig-listen' },
  { fact: 'port', hint: 'port', pattern: /\.port\s*=\s*(?<value>\d{4,5})\b/g },
  { fact: 'port', hint: 'parseIp', pattern: /\bparseIp4?\(\s*"[^"\n]*"\s*,\s*(?<value>\d{4,5})/g },
];
