import { expect, test } from 'vitest';
import { facts, onlyService, scanFiles } from './support/scan.ts';

const web = (body: string) => `<Project Sdk="Microsoft.NET.Sdk.Web">\n${body}\n</Project>\n`;

test('reads a solution: shared properties, project references, worker, library and tests', async () => {
  const { services } = await scanFiles({
    'Directory.Build.props':
      '<Project><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup></Project>',
    'src/Api/Api.csproj': web(
      '  <ItemGroup>\n    <PackageReference Include="Npgsql" />\n    <ProjectReference Include="..\\Core\\Core.csproj" />\n  </ItemGroup>',
    ),
    'src/Api/Program.cs':
      'var key = Environment.GetEnvironmentVariable("API_KEY");\napp.MapHealthChecks("/healthz");\n',
    'src/Core/Core.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="StackExchange.Redis" /></ItemGroup></Project>',
    'src/Core/Core.cs': 'var x = Environment.GetEnvironmentVariable("CORE") ?? "";\n',
    'src/Jobs/Jobs.fsproj': '<Project Sdk="Microsoft.NET.Sdk.Worker"></Project>',
    'test/Api.Tests/Api.Tests.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" /></ItemGroup></Project>',
  });
  expect(services.map(({ name, kind }) => [name, kind])).toEqual([
    ['Api', 'web'],
    ['Core', 'library'],
    ['Jobs', 'worker'],
  ]);
  expect(facts(services[0] as never)).toEqual({
    name: 'Api',
    path: 'src/Api',
    context: '.',
    language: 'csharp',
    runtimeVersion: '9.0',
    framework: 'aspnetcore',
    packageManager: 'nuget',
    kind: 'web',
    install: 'dotnet restore src/Api/Api.csproj',
    build: 'dotnet publish Api.csproj -c Release -o out',
    start: 'dotnet out/Api.dll --urls http://0.0.0.0:8080',
    ports: [8080],
    backingServices: ['postgres', 'redis'],
    env: [
      { name: 'API_KEY', required: true, file: 'src/Api/Program.cs', line: 1 },
      { name: 'CORE', required: false, file: 'src/Core/Core.cs', line: 1 },
    ],
    lockfile: null,
    output: 'out',
    healthPath: '/healthz',
    systemPackages: [],
  });
});

test('leaves the address to Kestrel where appsettings.json has endpoints', async () => {
  const { services } = await scanFiles({
    'App.csproj': web('<PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>'),
    'appsettings.json':
      '{\n  // local\n  "Kestrel": {\n    "Endpoints": {\n      "Http": { "Url": "http://*:5080" },\n    }\n  }\n}\n',
  });
  expect(services[0]).toMatchObject({ ports: [5080], start: 'dotnet out/App.dll' });
  expect(services[0]?.evidence).toContainEqual({
    fact: 'ports',
    value: '5080',
    file: 'appsettings.json',
    line: 5,
  });
});

test('a MAUI app is not built for a container', async () => {
  const service = await onlyService({
    'App.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net9.0-android;net9.0-ios</TargetFrameworks><OutputType>Exe</OutputType><UseMaui>true</UseMaui></PropertyGroup></Project>',
  });
  expect(service).toMatchObject({ kind: 'cli', framework: 'maui', build: null });
});
