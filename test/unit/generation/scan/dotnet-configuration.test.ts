import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConnection } from '#main/generation/scan/enrich/dotnet/connection-text.ts';
import { databaseName } from '#main/generation/scan/enrich/dotnet/databases.ts';
import { patternsFor } from '#main/generation/scan/signals/registry.ts';
import { extractSignals } from '#main/generation/scan/source-signals.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { scanFiles } from './support/scan.ts';

const web = (packages: readonly string[] = []) =>
  `<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup>${packages
    .map((name) => `<PackageReference Include="${name}" />`)
    .join('')}</ItemGroup></Project>`;
const launch = (port: number) =>
  JSON.stringify({ profiles: { http: { applicationUrl: `http://localhost:${port}` } } });

async function envOf(files: Record<string, string>, name = 'Api') {
  const { services } = await scanFiles(files);
  const service = services.find((one) => one.name === name);
  return { service, env: Object.fromEntries(service?.env.map((one) => [one.name, one]) ?? []) };
}

describe('connection strings of .NET', () => {
  it('follow from the clients that are registered and from what their strings are handed to', async () => {
    const { service, env } = await envOf({
      'Api/Api.csproj': web(['Aspire.Npgsql', 'Aspire.StackExchange.Redis']),
      'Api/Program.cs': `builder.AddNpgsqlDbContext<Catalog>("catalogdb");
builder.AddRedisClient("cache");
builder.AddRabbitMqEventBus("eventbus");
builder.AddAzureServiceBusClient("bus");
var text = builder.Configuration.GetConnectionString("Orders");
services.AddDbContext<Orders>(options => options.UseSqlServer(text));
if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("chatModel")))
{
    builder.AddOpenAIClientFromConfiguration("chatModel");
}
`,
    });
    expect(service?.backingServices.toSorted()).toEqual([
      'postgres',
      'rabbitmq',
      'redis',
      'sqlserver',
    ]);
    expect(env).toMatchObject({
      ConnectionStrings__catalogdb: { required: true, connection: { system: 'postgres' }, line: 1 },
      ConnectionStrings__cache: { required: true, connection: { system: 'redis' }, line: 2 },
      ConnectionStrings__eventbus: { connection: { system: 'rabbitmq' }, line: 3 },
      ConnectionStrings__bus: { required: true },
      ConnectionStrings__Orders: { connection: { system: 'sqlserver', database: 'app' } },
      ConnectionStrings__chatModel: { required: false },
    });
    expect(env.ConnectionStrings__bus?.connection).toBeUndefined();
    expect(env.ConnectionStrings__chatModel?.connection).toBeUndefined();
  });

  it('name their databases where one server holds several, and are none of SQLite', async () => {
    const { env } = await envOf({
      'Api/Api.csproj': web(['Microsoft.EntityFrameworkCore.SqlServer']),
      'Api/Program.cs': `a.UseSqlServer(configuration.GetConnectionString("CatalogConnection"));
b.UseSqlServer(configuration.GetConnectionString("IdentityConnection"));
c.UseSqlite(configuration.GetConnectionString("Local"));
`,
      'Api/appsettings.json':
        '{"ConnectionStrings":{"IdentityConnection":"Server=(localdb)\\\\x;Initial Catalog=Shop.Users;"}}',
    });
    expect(env.ConnectionStrings__CatalogConnection?.connection?.database).toBe('catalog');
    expect(env.ConnectionStrings__IdentityConnection?.connection?.database).toBe('users');
    expect(env).not.toHaveProperty('ConnectionStrings__Local');
  });
});

describe('values of the configuration', () => {
  it('are asked for where no settings file has them; a library’s only where its section is there', async () => {
    const files = (settings: string) => ({
      'Lib/Lib.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
      'Lib/Auth.cs': `var identity = configuration.GetSection("Identity");
var url = identity.GetRequiredValue("Url");
var audience = identity.GetRequiredValue("Audience");
`,
      'Api/Api.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><ProjectReference Include="..\\Lib\\Lib.csproj" /></ItemGroup></Project>',
      'Api/Program.cs': 'var u = configuration.GetRequiredValue("CallBackUrl");\n',
      'Api/appsettings.json': settings,
    });
    const told = await envOf(files('{"Identity":{"Audience":"api"}}'));
    expect(Object.keys(told.env)).toEqual(['CallBackUrl', 'Identity__Url']);
    expect(told.env.Identity__Url).toMatchObject({ required: true, file: 'Lib/Auth.cs', line: 2 });
    expect(Object.keys((await envOf(files('{}'))).env)).toEqual(['CallBackUrl']);
  });

  it('lead to other projects by the ports of their launch profiles and by names of service discovery', async () => {
    const { env } = await envOf({
      'Api/Api.csproj': web(),
      'Api/Program.cs':
        'http.BaseAddress = new("https+http://basket-api");\nx = new("http://example");\n',
      'Api/appsettings.json':
        '{"Identity":{"Url":"http://localhost:5223/v1"},"Self":"http://localhost:9999"}',
      'Basket.API/Basket.API.csproj': web(),
      'Identity/Identity.csproj': web(),
      'Identity/Properties/launchSettings.json': launch(5223),
    });
    expect(env).toEqual({
      Identity__Url: {
        name: 'Identity__Url',
        required: true,
        address: 'http://localhost:5223/v1',
        sibling: 'Identity',
        file: 'Api/appsettings.json',
        line: 1,
      },
      'services__basket-api__http__0': {
        name: 'services__basket-api__http__0',
        required: true,
        sibling: 'Basket.API',
        file: 'Api/Program.cs',
        line: 1,
      },
    });
  });
});

describe('what a .NET service keeps', () => {
  it('is SQLite’s file in a folder of its own; one beside the program, and pages in memory, are told', async () => {
    const source = (text: string) => ({ 'Api/Api.csproj': web(), 'Api/Program.cs': text });
    const kept = await envOf(source('var c = x ?? "Data Source=.db/Todos.db";\n'));
    expect(kept.service?.dataFolders).toEqual(['Api/.db']);
    const beside = await envOf(
      source('var c = "Filename=shop.db;Cache=Shared";\nb.AddInteractiveServerComponents();\n'),
    );
    expect(beside.service?.dataFolders).toBeUndefined();
    const told = beside.service?.unknowns.map(
      ({ fact, reason }) => `${fact} ${reason.slice(0, 16)}`,
    );
    expect(told).toContain('dataFolders Api/Program.cs:1');
    expect(told).toContain('replicas Api/Program.cs:2');
  });
});

describe('what the parsers take', () => {
  it('is never more than a name of a database, whatever the connection string', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const value of [text, `Database=${text}`, `mongodb://h/${text}`]) {
          const name = databaseName(readConnection(value).database);
          expect(name === null || /^[a-z][a-z0-9_]{0,62}$/.test(name)).toBe(true);
        }
      }),
    );
  });

  it('costs no more than the source is long', () => {
    const patterns = patternsFor('Program.cs');
    for (const part of [
      'config["A"]',
      'x = c.GetSection("S"); x["k"];',
      'GetConnectionString("a")',
      'configconfigconfig',
      '.AddRedisRedisRedis',
      'IsNullOrEmpty(x',
      '"http://a',
      '"Data Source=a/',
    ]) {
      const before = cpuMs();
      for (const gap of ['', '\n', ' ']) {
        extractSignals('Program.cs', `${part}${gap}`.repeat(20_000), patterns);
      }
      expect(cpuMs() - before, part).toBeLessThan(3_000);
    }
  });
});
