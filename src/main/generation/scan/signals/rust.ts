import type { SourcePattern } from '../source-signals.ts';

const patterns: readonly SourcePattern[] = [
  {
    fact: 'entry',
    hint: 'fn main',
    pattern: /^\s{0,8}(?:pub )?(?:async )?fn main\s*\(/gm,
    value: () => 'rust-main',
  },
  {
    fact: 'entry',
    hint: '#[launch]',
    pattern: /#\[launch\]/g,
    value: () => 'rust-main',
  },
  {
    fact: 'entry',
    hint: 'e',
    pattern:
      /\baxum::serve\b|\baxum::Server::bind\b|\bHttpServer::new\b|\brocket::(?:build|custom)\b|\bwarp::serve\b|\bServer::builder\(\)|\bTcpListener::bind\b|\bServer::bind\b|\bServer::new\(TcpListener|\btide::(?:new|with_state)\b|#\[launch\]/g,
    value: () => 'rust-listen',
  },
  {
    // #[derive(RustEmbed)] #[folder = "ui/dist/"]: seen from the folder of Cargo.toml
    fact: 'entry',
    hint: 'folder',
    pattern: /#\[folder\s*=\s*"(?:\$CARGO_MANIFEST_DIR\/)?(?<value>[\w.@/-]{1,200})"/g,
    value: ({ groups }) => `rust-embed:${groups?.value}`,
  },
  {
    fact: 'entry',
    hint: 'include_dir!',
    pattern: /\binclude_dir!\(\s*"(?:\$CARGO_MANIFEST_DIR\/)?(?<value>[\w.@/-]{1,200})"/g,
    value: ({ groups }) => `rust-embed:${groups?.value}`,
  },
  {
    fact: 'entry',
    hint: 'include_',
    pattern: /\binclude_(?:str|bytes)!\(\s*"(?<value>[\w.@/-]{1,200})"/g,
    value: ({ groups }) => `rust-include:${groups?.value}`,
  },
  {
    fact: 'env',
    hint: 'env::var',
    pattern:
      /\benv::var(?:_os)?\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)(?:\s*(?<fallback>\.(?:unwrap_or|ok\(|map_or|or_else|is_ok|is_err|unwrap_or_else|as_deref|and_then)|==|(?<=\b(?:if|while)\s+let\s+(?:Ok|Some)\([^)\n]{1,60}\)\s*=\s*(?:std::)?env::var(?:_os)?\([^)\n]{1,100}\)\s{0,3})))?/g,
  },
  {
    fact: 'entry',
    hint: 'bind',
    pattern: /\bbind(?:_rustls\w*)?\(\s*&?\(?\s*"(?:localhost|127\.0\.0\.1|\[::1\])[:"]/g,
    value: () => 'loopback',
  },
  { fact: 'env', hint: 'env!(', pattern: /\bdotenv!\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g },
  {
    fact: 'env',
    hint: 'env =',
    pattern:
      /#\[(?:arg|clap)\((?:[^\])]{0,200},)?\s*env\s*=\s*"(?<name>[A-Z_][A-Z0-9_]*)"[^\])]{0,200}\)?/g,
    value: (match) => (/default_value/.test(match[0]) ? null : (match.groups?.name ?? null)),
  },
  {
    fact: 'env',
    hint: 'default_value',
    pattern:
      /#\[(?:arg|clap)\((?=[^\])]{0,200}(?<fallback>default_value))[^\])]{0,200}\benv\s*=\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  {
    fact: 'env',
    hint: 'env',
    pattern:
      /#\[(?:arg|clap)\((?:[^\])\n]{0,200},)?\s*env\s*(?:,(?<rest>[^\])\n]{0,200}))?\)\]\s*(?:pub\s+)?(?<field>\w+)\s*:\s*(?:Option<)?/g,
    value: (match) =>
      /default_value|Option</.test(match[0]) ? null : (match.groups?.field?.toUpperCase() ?? null),
  },
  {
    fact: 'port',
    hint: 'bind',
    pattern: /\bbind(?:_rustls\w*)?\(\s*&?"[^":\n]*:(?<value>\d{2,5})"/g,
  },
  {
    fact: 'port',
    hint: '(',
    pattern:
      /(?:\bbind\w*\(\s*&?|::from\(\s*|\.run\(\s*|SocketAddr\w*::new\([^)\n]*\)?\s*,\s*)\(?(?:\(\s*)?(?:\[\s*\d+(?:\s*,\s*\d+){3}\s*\]|\[0(?:\s*,\s*0){7}\]|"[\w.]+"|\w+(?:::\w+)*)\s*,\s*(?<value>\d{4,5})\s*\)/g,
  },
  {
    fact: 'port',
    hint: '"',
    pattern: /"(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]):(?<value>\d{4,5})"/g,
  },
  {
    fact: 'port',
    hint: 'PORT"',
    pattern: /"(?:[A-Z]+_)?PORT"\s*\)[^;\n]{0,80}?"?(?<value>\d{4,5})\b/g,
  },
  {
    fact: 'default-port',
    hint: 'ort',
    pattern: /\b(?:\w{0,20}_)?port\s*(?::\s*u16)?\s*=\s*"?(?<value>\d{4,5})\b/gi,
  },
  {
    fact: 'default-port',
    hint: 'default_value',
    pattern:
      /default_value(?:_t)?\s*=\s*"?(?:[\w.]*:)?(?<value>\d{4,5})"?[^\n]*\n[^\n]*\b(?:port|addr)/g,
  },
  {
    fact: 'default-port',
    hint: '#[default(',
    pattern: /#\[default\((?<value>\d{4,5})\)\]\s*(?:pub\s+)?\w{0,20}port\b/g,
  },
  {
    fact: 'file',
    hint: '("',
    pattern:
      /\b(?:Serve(?:Dir|File)::new|FileServer::(?:from|new)|NamedFile::open|File::open|fs::read(?:_to_string|_dir)?|fs::(?:dir|file)|Tera::new)\(\s*&?(?:relative!\()?"(?<value>[^"\n]{1,200})"/g,
  },
  {
    fact: 'file',
    hint: 'Files::new(',
    pattern: /\bFiles::new\(\s*"[^"\n]*"\s*,\s*"(?<value>[^"\n]{1,200})"/g,
  },
  {
    fact: 'file',
    hint: '.html"',
    pattern: /"(?<value>[\w./-]{1,200}\.html)"/g,
  },
  {
    fact: 'health',
    hint: '"/',
    pattern:
      /(?:route\(\s*|\bget\(|resource\(\s*)"(?<value>\/(?:api\/)?(?:_?health(?:z|check|_check)?|livez?|readyz?|ping|status))"/g,
  },
];

/** What Rust sources give away, but for the tests that a file ends with. */
export const rustPatterns: readonly SourcePattern[] = patterns.map((one) => ({
  ...one,
  value: (match) => {
    if (match.input?.lastIndexOf('#[cfg(test)]', match.index) !== -1) return null;
    return one.value ? one.value(match) : (match.groups?.value ?? match.groups?.name ?? null);
  },
}));
