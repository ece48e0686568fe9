import { describe, expect, it } from 'vitest';
import { scanFiles } from './support/scan.ts';

const web = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';
const host = 'Shop.AppHost/Program.cs';

async function scanned(program: string, more: Record<string, string> = {}) {
  const { services } = await scanFiles({
    'Shop.AppHost/Shop.AppHost.csproj': '<Project Sdk="Aspire.AppHost.Sdk/13.1.0"></Project>',
    [host]: `var builder = DistributedApplication.CreateBuilder(args);\n${program}\nbuilder.Build().Run();\n`,
    'src/Basket.API/Basket.API.csproj': web,
    'src/Identity/Identity.csproj': web,
    'src/WebApp/WebApp.csproj': web,
    ...more,
  });
  const of = (name: string) => services.find((one) => one.name === name);
  const env = (name: string) => of(name)?.env.map(({ file: _, ...one }) => one);
  const said = (name: string, fact: string) =>
    of(name)
      ?.evidence.filter((one) => one.fact === fact)
      .map(({ value }) => value);
  return { of, env, said };
}

describe('the AppHost of Aspire', () => {
  it('tells what each project is given, by which name and line, and is no service itself', async () => {
    const { of, env, said } = await scanned(`var redis = builder.AddRedis("cache");
var pg = builder.AddPostgres("pg").WithDataVolume();
var orders = pg.AddDatabase("ordersdb");
var users = pg.AddDatabase("users", "shop-users");
var identity = builder.AddProject<Projects.Identity>("identity-api").WithExternalHttpEndpoints()
    .WithReference(users);
var basket = builder.AddProject<Projects.Basket_API>("basket-api")
    .WithReference(redis, connectionName: "redis")
    .WithReference(orders).WaitFor(identity)
    .WithEnvironment("Identity__Url", identity.GetEndpoint("http"))
    .WithEnvironment("Mode", "fast");
builder.AddProject<Projects.WebApp>("web").WithReference(basket);`);
    expect(of('Shop.AppHost')).toMatchObject({ kind: 'cli', framework: 'aspire' });
    expect(env('Basket.API')).toEqual([
      {
        name: 'ConnectionStrings__ordersdb',
        required: true,
        connection: { system: 'postgres', database: 'ordersdb' },
        line: 10,
      },
      {
        name: 'ConnectionStrings__redis',
        required: true,
        connection: { system: 'redis' },
        line: 9,
      },
      { name: 'Identity__Url', required: true, sibling: 'src/Identity', line: 11 },
      { name: 'Mode', required: false, value: 'fast', line: 12 },
    ]);
    expect(env('Identity')).toMatchObject([
      {
        name: 'ConnectionStrings__users',
        connection: { system: 'postgres', database: 'shop_users' },
      },
    ]);
    expect(env('WebApp')).toMatchObject([
      { name: 'services__basket-api__http__0', required: true, sibling: 'src/Basket.API' },
    ]);
    expect(of('Basket.API')?.backingServices.toSorted()).toEqual(['postgres', 'redis']);
    expect(said('Basket.API', 'deployedName')).toEqual(['basket-api']);
    expect(said('Basket.API', 'startsAfter')).toEqual(['src/Identity']);
    expect([said('Identity', 'exposure'), said('WebApp', 'exposure')]).toEqual([
      ['public'],
      ['internal'],
    ]);
  });

  it('counts before what the source gives away, whatever the case of its names', async () => {
    const { env } = await scanned(
      `var bus = builder.AddRabbitMQ("eventbus");
builder.AddProject<Projects.WebApp>("web").WithReference(bus);`,
      { 'src/WebApp/Program.cs': 'builder.AddRabbitMQClient("EventBus");\n' },
    );
    expect(env('WebApp')).toEqual([
      {
        name: 'ConnectionStrings__eventbus',
        required: true,
        connection: { system: 'rabbitmq' },
        line: 3,
      },
    ]);
  });

  it('says nothing of what only some set-ups have, of other methods, or of projects that are not there', async () => {
    const { env, of } = await scanned(`var web = builder.AddProject<Projects.WebApp>("web");
if (useCache) { web.WithReference(builder.AddRedis("cache")); }
static void Extra(X web) { web.WithEnvironment("EXTRA", "1"); }
builder.AddProject<Projects.Gone>("gone").WithReference(web);`);
    expect(env('WebApp')).toEqual([]);
    expect(of('WebApp')?.backingServices).toEqual([]);
  });

  it('tells every project what a hook of it sets, and programs of other stacks what they are given', async () => {
    const { env } = await scanned(
      `var web = builder.AddProject<Projects.WebApp>("web");
builder.AddNodeApp("front", "../front", "./app.js").WithReference(web);`,
      {
        'Shop.AppHost/Hooks.cs':
          'foreach (var p in model.GetProjectResources()) context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";\n',
        'front/package.json':
          '{"name":"front","scripts":{"start":"node app.js"},"dependencies":{"express":"4"}}',
        'front/app.js': 'require("express")().listen(3000)\n',
      },
    );
    expect(env('WebApp')).toMatchObject([
      { name: 'ASPNETCORE_FORWARDEDHEADERS_ENABLED', value: 'true', line: 1 },
    ]);
    expect(env('front')).toMatchObject([{ name: 'services__web__http__0', sibling: 'src/WebApp' }]);
  });

  // Catches: a variable that is guessed by its name though the model says whose address it is.
  it('counts before what a variable’s name fits; names of the model are names of its services', async () => {
    const { of } = await scanned(
      `var basket = builder.AddProject<Projects.Basket_API>("carts");
var users = builder.AddProject<Projects.Identity>("users");
builder.AddProject<Projects.WebApp>("web").WithEnvironment("BASKET_API_URL", users.GetEndpoint("http"));`,
      {
        'src/WebApp/Program.cs':
          'var a = Environment.GetEnvironmentVariable("BASKET_API_URL");\nvar b = Environment.GetEnvironmentVariable("CARTS_ADDR");\nvar c = new HttpClient { BaseAddress = new("http://users/") };\n',
      },
    );
    expect(of('WebApp')?.env).toContainEqual(
      expect.objectContaining({ name: 'BASKET_API_URL', sibling: 'src/Identity' }),
    );
    expect(of('WebApp')?.calls).toMatchObject([{ service: 'Basket.API', variable: 'CARTS_ADDR' }]);
  });
});
