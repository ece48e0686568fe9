import type { SourcePattern } from '../source-signals.ts';

/** What Java, Kotlin, Scala and Clojure sources give away. */
export const jvmPatterns: readonly SourcePattern[] = [
  {
    fact: 'entry',
    hint: 'main',
    pattern:
      /\bstatic\s+(?:final\s+)?void\s+main\s*\(|\bvoid main\(\)|\bfun main\s*\(|\bdef main\s*\(|@main\b/g,
    value: () => 'jvm-main',
  },
  { fact: 'entry', hint: 'IOApp', pattern: /\bextends IOApp\b/g, value: () => 'jvm-main' },
  {
    fact: 'entry',
    hint: 'extends ',
    pattern: /\bextends (?:App|ZIOAppDefault)\b/g,
    value: () => 'jvm-main',
  },
  { fact: 'entry', hint: 'main', pattern: /\(defn -main\b/g, value: () => 'jvm-main' },
  {
    fact: 'entry',
    hint: '@SpringBootApplication',
    pattern: /@SpringBootApplication\b/g,
    value: () => 'spring-boot',
  },
  {
    fact: 'entry',
    hint: 'erver',
    pattern:
      /\bembeddedServer\s*\(|\bEngineMain\b|\bServerBuilder\s*\.\s*forPort\b|\bHttpServer\.create\b|\.createHttpServer\(|\bEmberServerBuilder\b|\bBlazeServerBuilder\b|\brun-jetty\b|\brun-server\b|\bhttp-kit\b|\bServer\.start\(|\bNettyServerBuilder\b|\bWebServer\.builder\(/g,
    value: () => 'jvm-listen',
  },
  {
    fact: 'entry',
    hint: 'Javalin',
    pattern: /\bJavalin\s*\.\s*create\b/g,
    value: () => 'jvm-listen',
  },
  {
    fact: 'entry',
    hint: 'ServerSocket',
    pattern: /\bnew\s+ServerSocket\s*\(|\bServerSocket\((?=\w)/g,
    value: () => 'jvm-listen',
  },
  {
    fact: 'port',
    hint: 'Socket',
    pattern: /\b(?:ServerSocket|InetSocketAddress)\(\s*(?<value>\d{2,5})\s*[,)]/g,
  },
  { fact: 'port', hint: 'Server(', pattern: /\bnew\s+Server\(\s*(?<value>\d{2,5})\s*\)/g },
  { fact: 'port', hint: 'Listener(', pattern: /\baddHttpListener\(\s*(?<value>\d{2,5})\s*,/g },
  {
    fact: 'env',
    hint: 'getenv',
    pattern:
      /\bgetenv(?:\(\)\s*(?:\.get(?<fallback>OrDefault)?\s*\(|\[)|\(|\s)\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*[)\]]?(?:\s*(?<alternative>\?:))?/g,
    value: (match) => (match.groups?.alternative ? null : (match.groups?.name ?? null)),
  },
  {
    fact: 'env',
    hint: '?:',
    pattern: /\bgetenv\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"\s*\)\s*(?<fallback>\?:)/g,
  },
  {
    fact: 'env',
    hint: 'sys.env',
    pattern: /\bsys\.env(?:\.get(?<fallback>OrElse)?)?\(\s*"(?<name>[A-Z_][A-Z0-9_]*)"/g,
  },
  {
    fact: 'env',
    hint: '@Value',
    pattern: /@Value\(\s*"\$\{(?<name>[A-Z_][A-Z0-9_]*)(?<fallback>:)?[^"\n]*"/g,
  },
  {
    fact: 'port',
    hint: 'ort',
    pattern:
      /\b(?:port|setPort|forPort|withPort|listen|bindHttp)\s*(?:=|\()\s*(?:port")?(?<value>\d{4,5})\b/g,
  },
  { fact: 'port', hint: 'ort"', pattern: /\bport"(?<value>\d{4,5})"/g },
  { fact: 'port', hint: ':port', pattern: /:port\s+(?<value>\d{4,5})\b/g },
  {
    fact: 'port',
    hint: 'Javalin',
    pattern: /\bJavalin\s*\.\s*create[^;]{0,200}?\.start\(\s*(?<value>\d{4,5})/g,
  },
  {
    fact: 'port',
    hint: 'PORT"',
    pattern: /"(?:[A-Z]+_)?PORT"[^\n]{0,60}?\b(?<value>\d{4,5})\b/g,
  },
  {
    fact: 'default-port',
    hint: 'ort',
    pattern: /\b(?:default|server|http|listen)?_?port\s*(?::\s*Int)?\s*=\s*"?(?<value>\d{4,5})\b/gi,
  },
  {
    fact: 'health',
    hint: '"/',
    pattern:
      /(?:@GetMapping\(\s*(?:path\s*=\s*|value\s*=\s*)?|@Path\(|\bget\(\s*|\bGET\s+)"(?<value>\/(?:api\/)?(?:_?health(?:z|check)?|livez?|readyz?|ping|status))"/g,
  },
];
