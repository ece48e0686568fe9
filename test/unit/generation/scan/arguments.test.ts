import { describe, expect, test } from 'vitest';
import { scanFiles } from './support/scan.ts';

/** What the only deployable service says of its start. */
async function doubt(files: Record<string, string>): Promise<string> {
  const { services } = await scanFiles(files);
  const [service] = services.filter(({ start }) => start !== null);
  return service?.unknowns.find(({ fact }) => fact === 'start')?.reason ?? 'none';
}

const go = (check: string) => ({
  'go.mod': 'module example.org/shop\n\ngo 1.22\n',
  'main.go': `package main

func main() {
	${check}
	http.ListenAndServe(":8080", nil)
}
`,
});
const python = (body: string) => ({
  'requirements.txt': 'flask\n',
  Procfile: 'web: python server.py\n',
  'server.py': `import sys\nfrom flask import Flask\napp = Flask(__name__)\n${body}\napp.run(port=5000)\n`,
});
const node = (body: string) => ({
  'package.json': JSON.stringify({ name: 'shop', dependencies: { express: '5' } }),
  Procfile: 'web: node server.js\n',
  'server.js': `${body}\napp.listen(3000);\n`,
});
const java = (body: string) => ({
  'pom.xml': `<project><groupId>a</groupId><artifactId>shop</artifactId><version>1</version>
<build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build></project>`,
  'src/main/java/App.java': `class App {
  public static void main(String[] args) {
    ${body}
    new java.net.ServerSocket(8080);
  }
}
`,
});
const c = (body: string) => ({
  Makefile: 'all: shop\nshop: shop.c\n\tcc -o shop shop.c\n',
  'shop.c': `int main(int argc, char **argv) {\n  ${body}\n  listen(fd, 10);\n  addr.sin_port = htons(8080);\n}\n`,
});
const rust = (fields: string) => ({
  'Cargo.toml':
    '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\naxum = "0.8"\nclap = "4"\n',
  'src/main.rs': 'mod cli;\nfn main() { axum::serve(TcpListener::bind("0.0.0.0:3000")) }\n',
  'src/cli.rs': `use clap::Parser;\n#[derive(Debug, Parser)]\n#[command(version)]\npub struct Cli {\n${fields}\n}\n`,
});

describe('a start command without the arguments that its program demands is said to be incomplete', () => {
  test.each([
    [
      'Go, os.Args',
      go('if len(os.Args) < 2 {\n\t\tfmt.Println("usage: shop FILE")\n\t\tos.Exit(1)\n\t}'),
      'main.go:4',
    ],
    ['Go, flag', go('if flag.NArg() != 1 {\n\t\tlog.Fatal("no file")\n\t}'), 'main.go:4'],
    [
      'Python, sys.argv',
      python('if len(sys.argv) != 2:\n    print("usage: server.py FILE")\n    sys.exit(1)'),
      'server.py:4',
    ],
    [
      'Python, argparse',
      python('parser.add_argument("folder", help="what to serve")'),
      'server.py:4',
    ],
    [
      'Python, a required option',
      python('parser.add_argument("--config", required=True)'),
      'server.py:4',
    ],
    [
      'Node',
      node(
        'if (process.argv.length < 3) {\n  console.error("usage: server FILE");\n  process.exit(1);\n}',
      ),
      'server.js:1',
    ],
    [
      'Java',
      java('if (args.length != 1) { log.error("Syntax: java -jar shop.jar FILE"); return; }'),
      'src/main/java/App.java:3',
    ],
    ['C', c('if (argc < 2) { usage(argv[0]); exit(EXIT_FAILURE); }'), 'shop.c:2'],
    ['Rust, a positional', rust('    /// What to serve\n    folder: PathBuf,'), 'src/cli.rs:2'],
    [
      'Rust, a subcommand',
      rust('    #[clap(subcommand)]\n    pub command: Command,'),
      'src/cli.rs:2',
    ],
  ])('%s', async (_, files, place) => {
    expect(await doubt(files)).toContain(`${place} ends the program where it is started without`);
  });
});

describe('nothing is said', () => {
  test.each([
    [
      'where the missing argument has a default',
      go('port := "8080"\n\tif len(os.Args) < 2 {\n\t\tport = "9090"\n\t}'),
    ],
    [
      'where only too many arguments end it',
      go('if len(os.Args) > 2 {\n\t\tlog.Fatal("too many")\n\t}'),
    ],
    [
      'where arguments are refused',
      java('if (args.length != 0) { throw new IllegalArgumentException(); }'),
    ],
    [
      'where the other branch fails',
      java('if (args.length == 0) port = 80; else { throw new IllegalArgumentException(); }'),
    ],
    [
      'of a count within a subcommand',
      c('if (argc > 1 && !strcmp(argv[1], "-A")) {\n    if (argc != 6) { usage(argv[0]); }\n  }'),
    ],
    ['of an optional positional', python('parser.add_argument("folder", nargs="?")')],
    [
      'where the command gives the argument',
      { ...python('parser.add_argument("folder")'), Procfile: 'web: python server.py public\n' },
    ],
    [
      'of a script beside the server',
      { ...python(''), 'tools/fill.py': 'import sys\nif len(sys.argv) != 2:\n    sys.exit(1)\n' },
    ],
    [
      'of clap fields that may be left out',
      rust(
        '    #[arg(long, env = "PORT")]\n    port: u16,\n    #[arg(short, default_value = "a")]\n    name: String,\n    file: Option<PathBuf>,\n    #[arg(long)]\n    debug: bool,',
      ),
    ],
    [
      'of a generator in a library package',
      {
        ...go('shop.Run()'),
        'gen/generate.go':
          'package main\n\nfunc main() {\n\tif len(os.Args) < 2 {\n\t\tos.Exit(1)\n\t}\n}\n',
      },
    ],
  ])('%s', async (_, files) => {
    expect(await doubt(files)).toBe('none');
  });
});
