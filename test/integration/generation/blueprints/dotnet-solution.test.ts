import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { namesOf } from '#main/generation/blueprints/names.ts';
import { checkConsistency } from '#main/generation/consistency/check-consistency.ts';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const project = (packages: readonly string[], sdk = 'Microsoft.NET.Sdk.Web') =>
  `<Project Sdk="${sdk}">\n  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>\n  <ItemGroup>\n${packages
    .map((name) => `    <PackageReference Include="${name}" Version="13.1.0" />\n`)
    .join('')}  </ItemGroup>\n</Project>\n`;

const files: Readonly<Record<string, string>> = {
  'AppHost/AppHost.csproj': project([], 'Aspire.AppHost.Sdk/13.1.0'),
  'AppHost/Program.cs': `var builder = DistributedApplication.CreateBuilder(args);
var server = builder.AddPostgres("server");
var stock = builder.AddProject<Projects.Stock_API>("stock-api").WithReference(server.AddDatabase("stockdb"));
var users = builder.AddProject<Projects.Users>("users")
    .WithExternalHttpEndpoints()
    .WithReference(server.AddDatabase("usersdb"));
builder.AddProject<Projects.Front>("front")
    .WithExternalHttpEndpoints()
    .WithReference(stock)
    .WithEnvironment("Login", users.GetEndpoint("https"));
builder.Build().Run();
`,
  'Stock.API/Stock.API.csproj': project(['Aspire.Npgsql']),
  'Stock.API/Program.cs':
    'var builder = WebApplication.CreateBuilder(args);\nbuilder.AddNpgsqlDataSource("stockdb");\nbuilder.Build().Run();\n',
  'Users/Users.csproj': project(['Aspire.Npgsql']),
  'Users/Program.cs':
    'var builder = WebApplication.CreateBuilder(args);\nbuilder.AddNpgsqlDataSource("usersdb");\nbuilder.Build().Run();\n',
  'Front/Front.csproj': project([]),
  'Front/Program.cs':
    'var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddHttpClient("s", c => c.BaseAddress = new("https+http://stock-api"));\nbuilder.Build().Run();\n',
};

it('a solution with an AppHost: all kinds are wired alike, and none is made for the AppHost', async () => {
  const root = join(tempFolder(), 'shop');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const project = await scanProject(root, { signal: new AbortController().signal });
  const deployed = project.services.filter(({ kind }) => kind === 'web');
  expect(deployed.map(({ name }) => name)).toEqual(['Front', 'Stock.API', 'Users']);
  const made = [
    ...(['compose', 'kustomize', 'helm', 'terraform'] as const).flatMap((kind) =>
      generateArtifacts(kind, project, null).map((one) => ({ ...one, service: null })),
    ),
    ...deployed.flatMap((one) =>
      (['dockerfile', 'kubernetes'] as const).flatMap((kind) =>
        generateArtifacts(kind, project, one).map((file) => ({
          ...file,
          service: namesOf(project, one).label,
        })),
      ),
    ),
  ];
  const { compared, findings } = await checkConsistency(made);
  expect(findings).toEqual([]);
  expect(compared).toBeGreaterThan(50);
  const text = (path: string) => made.find((one) => one.path === path)?.content;
  const name = 'services__stock-api__http__0';
  expect(text('compose.yaml')).toContain(`${name}: http://stock-api:8080`);
  expect(text('k8s/front.yaml')).toContain(`${name}: http://stock-api:8080\n`);
  expect(text('charts/shop/values.yaml')).toContain(`${name}: http://stock-api:8080\n`);
  expect(text('terraform/aws/services.tf')).toMatch(
    new RegExp(`${name} += "http://stock-api:8080"`),
  );
  expect(text('k8s/front.yaml')).toContain('Login: https://users.example.com');
  expect(made.some(({ path }) => path.startsWith('AppHost/'))).toBe(false);
});
