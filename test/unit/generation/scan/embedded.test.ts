import { describe, expect, it } from 'vitest';
import { json, scanFiles } from './support/scan.ts';

/** A Vite application that leaves its files in `output`, seen from its folder. */
function site(folder: string, output: string): Record<string, string> {
  return {
    [`${folder}/package.json`]: json({
      name: 'site',
      scripts: { build: 'vite build' },
      devDependencies: { vite: '7.0.0' },
    }),
    [`${folder}/yarn.lock`]: '',
    [`${folder}/index.html`]: '<html></html>',
    [`${folder}/vite.config.js`]: `export default { build: { outDir: '${output}' } }\n`,
  };
}

const hub = {
  'go.mod': 'module example.com/hub\n\ngo 1.24\n',
  'go.sum': '',
  'main.go':
    'package main\n\nimport (\n\t"net/http"\n\t"example.com/hub/ui"\n)\n\nfunc main() { http.ListenAndServe(":80", ui.Box) }\n',
  'ui/serve.go': 'package ui\n\nimport "embed"\n\n//go:embed build/*\nvar Box embed.FS\n',
};
const spring = {
  'pom.xml':
    '<project><groupId>a</groupId><artifactId>shop</artifactId><version>1</version><packaging>jar</packaging><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies><build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>',
  'src/main/java/App.java':
    '@SpringBootApplication class App { public static void main(String[] a) {} }',
};

describe('a front end that another service embeds or serves', () => {
  it('is built with a Go program that embeds it, and is no service of its own', async () => {
    const { services, ignored } = await scanFiles({ ...hub, ...site('ui', 'build') });
    expect(services).toHaveLength(1);
    expect(services[0]?.assets).toEqual([
      {
        path: 'ui',
        context: 'ui',
        runtimeVersion: null,
        packageManager: 'yarn',
        lockfile: 'ui/yarn.lock',
        install: 'yarn install --frozen-lockfile',
        build: 'yarn run build',
        outputs: ['ui/build'],
      },
    ]);
    expect(services[0]?.evidence).toContainEqual({
      fact: 'assets',
      value: 'ui',
      file: 'ui/serve.go',
      line: 5,
    });
    expect(ignored).toContainEqual({
      path: 'ui',
      kind: 'set-aside',
      reason: expect.stringContaining('ui/serve.go:5 embeds'),
    });
  });

  it('is looked for beyond a file that only keeps its folder, and not where it is committed', async () => {
    const kept = { ...hub, ...site('ui', '../ui/build'), 'ui/build/.gitkeep': '' };
    expect((await scanFiles(kept)).services[0]?.assets).toHaveLength(1);
    const web = { ...hub, ...site('front', '../ui/build'), 'ui/build/index.html': '<html></html>' };
    const { services } = await scanFiles(web);
    expect(services.find(({ language }) => language === 'go')?.unknowns).toEqual([]);
  });

  it('is missed where no package of the project builds it', async () => {
    const { services } = await scanFiles(hub);
    expect(services[0]?.unknowns).toContainEqual({
      fact: 'build',
      reason: expect.stringContaining('ui/serve.go:5 embeds ui/build'),
    });
  });

  it('widens the build context of a Go module beside it', async () => {
    const { services } = await scanFiles({
      'server/go.mod': 'module example.com/hub\n\ngo 1.24\n',
      'server/go.sum': '',
      'server/main.go':
        'package main\n\nimport (\n\t"embed"\n\t"net/http"\n)\n\n//go:embed all:static\nvar box embed.FS\n\nfunc main() { http.ListenAndServe(":80", nil) }\n',
      ...site('web', '../server/static'),
    });
    expect(services[0]).toMatchObject({
      path: 'server',
      context: '.',
      install: 'go -C server mod download',
      assets: [{ path: 'web', outputs: ['server/static'] }],
    });
    expect(services).toHaveLength(1);
  });

  it.each([
    [
      'Rust embeds it',
      {
        'Cargo.toml':
          '[package]\nname = "hub"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\naxum = "0.8"\nrust-embed = "8"\n',
        'src/main.rs':
          '#[derive(RustEmbed)]\n#[folder = "ui/dist/"]\nstruct Site;\nfn main() { axum::serve(l, a); }\n',
      },
    ],
    [
      'FastAPI serves it',
      {
        'pyproject.toml':
          '[project]\nname = "hub"\nversion = "1"\ndependencies = ["fastapi", "uvicorn"]\n',
        'app/main.py':
          'app = FastAPI()\nroot = Path(__file__).parent.parent / "ui" / "dist"\napp.mount("/", StaticFiles(directory=root))\n',
      },
    ],
    [
      'Express serves it',
      {
        'package.json': json({
          name: 'hub',
          scripts: { start: 'node server/index.js' },
          dependencies: { express: '5.0.0' },
        }),
        'server/index.js':
          "const app = express();\napp.use(express.static(path.join(__dirname, '..', 'ui', 'dist')));\napp.listen(3000);\n",
      },
    ],
    ['Spring Boot holds it', spring],
  ])('is built with the service where %s', async (name, files) => {
    const output = name.startsWith('Spring') ? '../src/main/resources/static' : 'dist';
    const { services, ignored } = await scanFiles({ ...files, ...site('ui', output) });
    expect(services.map(({ path }) => path)).toEqual(['.']);
    expect(services[0]?.assets?.map(({ path }) => path)).toEqual(['ui']);
    expect(ignored.map(({ path }) => path)).toContain('ui');
  });

  it('is built by the script that leaves its files where they are embedded', async () => {
    const { services } = await scanFiles({
      ...hub,
      ...site('web', 'dist'),
      'web/package.json': json({
        name: 'site',
        scripts: {
          build: 'vite build',
          release: 'vite build --mode release --outDir=../ui/build --emptyOutDir',
        },
        devDependencies: { vite: '7.0.0' },
      }),
    });
    expect(services).toHaveLength(1);
    expect(services[0]?.assets).toMatchObject([
      { path: 'web', build: 'yarn run release', outputs: ['ui/build'] },
    ]);
  });

  it('brings all the folders that a SvelteKit build leaves for a crate of the workspace', async () => {
    const { services } = await scanFiles({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n',
      'crates/api/Cargo.toml':
        '[package]\nname = "api"\nversion = "0.1.0"\nedition = "2024"\n[dependencies]\nrust-embed = "8"\n',
      'crates/api/src/lib.rs': '#[derive(Embed)]\n#[folder = "../../static/v1/"]\nstruct Assets;\n',
      'crates/hub/Cargo.toml':
        '[package]\nname = "hub"\nversion = "0.1.0"\nedition = "2024"\n[dependencies]\naxum = "0.8"\napi = { path = "../api" }\n',
      'crates/hub/src/main.rs':
        'fn main() { if let Ok(v) = std::env::var("PROXY") { use_it(v); } axum::serve(l, a); }\n',
      'ui/package.json': json({
        name: 'ui',
        scripts: { build: 'vite build' },
        devDependencies: {
          '@sveltejs/kit': '2.0.0',
          '@sveltejs/adapter-static': '3.0.0',
          vite: '7',
        },
      }),
      'ui/package-lock.json': '{}',
      'ui/svelte.config.js':
        "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { adapter: adapter({ pages: '../templates/html', assets: '../static/v1' }) } };\n",
    });
    const web = services.find(({ name }) => name === 'hub');
    expect(web?.assets?.[0]?.outputs).toEqual(['templates/html', 'static/v1']);
    expect(web?.env).toMatchObject([{ name: 'PROXY', required: false }]);
    expect(services.map(({ path }) => path)).not.toContain('ui');
  });

  it('stays a service where its author gives it an image of its own', async () => {
    const files = { ...hub, ...site('ui', 'build'), 'ui/Dockerfile': 'FROM nginx:1.29\n' };
    const { services } = await scanFiles(files);
    expect(services.map(({ path }) => path)).toEqual(['.', 'ui']);
    expect(services[0]?.assets).toHaveLength(1);
  });

  it('stays a service, and is said to be needed, where one build context cannot hold both', async () => {
    const backend = Object.fromEntries(
      Object.entries(spring).map(([path, text]) => [`backend/${path}`, text]),
    );
    const { services } = await scanFiles({
      ...backend,
      ...site('web', '../backend/src/main/resources/static'),
    });
    expect(services.map(({ path }) => path)).toEqual(['backend', 'web']);
    expect(services[0]?.unknowns).toContainEqual({
      fact: 'build',
      reason: expect.stringContaining('build web first'),
    });
  });

  it('leaves a site alone that nothing else embeds or serves', async () => {
    const { services } = await scanFiles({
      ...hub,
      'ui/serve.go': 'package ui\n\nimport "embed"\n\n//go:embed serve.go\nvar Box embed.FS\n',
      ...site('web', 'dist'),
    });
    expect(services.map(({ path }) => path)).toEqual(['.', 'web']);
  });
});

describe('assets that a framework builds itself', () => {
  const phoenix = (aliases: string): Record<string, string> => ({
    'mix.exs': `defmodule Hub.MixProject do\n  def project, do: [app: :hub, aliases: aliases()]\n  def application, do: [mod: {Hub.Application, []}]\n  defp deps, do: [\n    {:phoenix, "~> 1.8"},\n  ]\n  defp aliases do\n    [\n${aliases}    ]\n  end\nend\n`,
  });

  it('runs the aliases that Phoenix generates, in order', async () => {
    const { services } = await scanFiles(
      phoenix(
        '      "assets.setup": ["esbuild.install --if-missing"],\n      "assets.build": ["esbuild hub"],\n      "assets.deploy": ["esbuild hub --minify", "phx.digest"]\n',
      ),
    );
    expect(services[0]?.build).toBe(
      'MIX_ENV=prod mix assets.setup && MIX_ENV=prod mix assets.deploy && MIX_ENV=prod mix release --overwrite',
    );
    expect(services[0]?.assets).toBeUndefined();
  });

  it('leaves a package to the Mix tasks that build it without Node.js', async () => {
    const { services, ignored } = await scanFiles({
      ...phoenix(
        '      "assets.setup": ["bun.install --if-missing", "bun assets install", "assets.build"],\n      "assets.build": ["bun assets run build"]\n',
      ),
      'assets/package.json': json({
        scripts: { build: 'vite build' },
        dependencies: { katex: '0.16.0' },
      }),
    });
    expect(services.map(({ path, build, assets }) => [path, build, assets])).toEqual([
      ['.', 'MIX_ENV=prod mix assets.setup && MIX_ENV=prod mix release --overwrite', undefined],
    ]);
    expect(ignored).toContainEqual({
      path: 'assets',
      kind: 'set-aside',
      reason: expect.stringContaining('the build of hub builds it'),
    });
  });

  it('builds an older project’s package by its scripts, with Node.js at hand', async () => {
    const { services } = await scanFiles({
      ...phoenix(''),
      'assets/package.json': json({ scripts: { deploy: 'webpack --mode production' } }),
      'assets/package-lock.json': '{}',
    });
    expect(services[0]?.build).toContain(
      '(cd assets && npm run deploy) && MIX_ENV=prod mix phx.digest',
    );
    expect(services[0]?.assets).toMatchObject([{ path: 'assets', install: 'npm ci', build: null }]);
  });

  it('gives Rails the Node.js that its bundling gems call', async () => {
    const rails = {
      Gemfile: 'gem "rails"\ngem "propshaft"\ngem "jsbundling-rails"\n',
      'config/application.rb': 'class App < Rails::Application; end\n',
      'package.json': json({ scripts: { build: 'esbuild app/javascript/*.*' } }),
      'yarn.lock': '',
    };
    const { services } = await scanFiles(rails);
    expect(services).toHaveLength(1);
    expect(services[0]?.assets).toMatchObject([{ packageManager: 'yarn', build: null }]);
    const plain = await scanFiles({ ...rails, Gemfile: 'gem "rails"\ngem "propshaft"\n' });
    expect(plain.services[0]?.assets).toBeUndefined();
  });
});

describe('a package.json beside another manifest', () => {
  it('is built before the service, and is no service itself', async () => {
    const { services } = await scanFiles({
      'pyproject.toml':
        '[project]\nname = "links"\nversion = "1"\ndependencies = ["django", "uwsgi"]\n',
      'manage.py': 'import django\n',
      'package.json': json({ scripts: { build: 'rollup -c' }, dependencies: { lit: '3' } }),
      'package-lock.json': '{}',
    });
    expect(services).toHaveLength(1);
    expect(services[0]).toMatchObject({
      build: 'npm run build',
      assets: [{ path: '.', install: 'npm ci', build: null, outputs: [] }],
    });
  });
});
