import { expect, test } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { onlyService, scanFiles } from './support/scan.ts';

const main = (body: string) => `package main

import "net/http"

func main() {
${body}
	http.ListenAndServe(":8080", nil)
}
`;

test('what a Go program reads when it runs goes into its image, and nothing else', async () => {
  const scan = await scanFiles({
    'go.mod': 'module example.com/shop\n\ngo 1.22\n',
    'main.go': main(`	template.Must(template.ParseGlob("templates/*.html"))
	http.Handle("/s/", http.FileServer(http.Dir("./static")))
	os.ReadFile("config/app.yaml")
	os.ReadFile("keys/server.pem")
	os.Open(".env")
	os.ReadFile("/etc/hosts")
	os.ReadFile("../outside.txt")
	os.ReadFile("missing.txt")
	http.Dir(".")`),
    'templates/a.html': '<p>',
    'static/site.css': 'p{}',
    'config/app.yaml': 'a: 1\n',
    'keys/server.pem': 'x',
    '.env': 'A=1\n',
  });
  const [service] = scan.services;
  if (!service) throw new Error('the scan found no service');
  expect(service.runtimeFiles).toEqual(['config', 'static', 'templates']);
  expect(service.evidence).toContainEqual({
    fact: 'runtimeFile',
    value: 'templates',
    file: 'main.go',
    line: 6,
  });
  const [dockerfile] = generateArtifacts('dockerfile', scan, service);
  expect(dockerfile?.content).toContain('COPY --from=build /app/templates ./templates\n');
  expect(dockerfile?.content).not.toContain('pem');
});

test('files that a command reads from the root of its module are copied to where it looks', async () => {
  const scan = await scanFiles({
    'go.mod': 'module example.com/shop\n\ngo 1.22\n',
    'cmd/web/main.go': main('\ttemplate.ParseFiles("web/pages/index.html")'),
    'web/pages/index.html': '<p>',
  });
  const [service] = scan.services;
  if (!service) throw new Error('the scan found no service');
  expect(service.runtimeFiles).toEqual(['web/pages']);
  expect(service.unknowns.map(({ fact }) => fact)).toContain('start');
  const [dockerfile] = generateArtifacts('dockerfile', scan, service);
  expect(dockerfile?.content).toContain('COPY --from=build /app/web/pages ./web/pages\n');
});

test('a Rust program takes along its pages and the settings of Rocket', async () => {
  const service = await onlyService({
    'Cargo.toml': '[package]\nname = "hello"\nversion = "0.1.0"\n[dependencies]\nrocket = "0.5"\n',
    'src/main.rs':
      '#[launch]\nfn rocket() -> _ { rocket::build().mount("/", FileServer::from(relative!("public"))) }\nfn page() -> &str { "hello.html" }\n',
    'public/a.js': '',
    'hello.html': '<p>',
    'Rocket.toml': '[default]\nport = 9000\n',
  });
  expect(service.runtimeFiles).toEqual(['Rocket.toml', 'hello.html', 'public']);
});

test('interpreted programs bring all their files anyway', async () => {
  const service = await onlyService({
    'package.json': '{"name":"a","scripts":{"start":"node a.js"}}',
    'a.js': "require('http').createServer().listen(3000); fs.readFileSync('a.html')\n",
    'a.html': '',
  });
  expect(service.runtimeFiles).toBeUndefined();
});
