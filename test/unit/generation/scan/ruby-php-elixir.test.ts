import { expect, test } from 'vitest';
import { onlyService, scanFiles } from './support/scan.ts';

test('Rails with Sidekiq is a web service and a worker of one code', async () => {
  const { services } = await scanFiles({
    Gemfile:
      'source "https://rubygems.org"\nruby "3.3.1"\ngem "rails", "~> 7.1"\ngem "pg"\ngem "sidekiq"\ngem "propshaft"\ngroup :test do\n  gem "mysql2"\nend\n',
    'Gemfile.lock': '',
    'config.ru': 'run Rails.application\n',
    'config/application.rb': 'class App < Rails::Application; end\n',
    'config/puma.rb': 'threads 1, 5\nport ENV.fetch("PORT") { 3100 }\n',
    'config/routes.rb': 'get "up" => "rails/health#show"\n',
    'config/secrets.rb': 'x = ENV["API_TOKEN"]\ny = ENV.fetch("API_KEY")\n',
  });
  const [web, worker] = services;
  expect(web).toMatchObject({
    kind: 'web',
    runtimeVersion: '3.3',
    framework: 'rails',
    install: 'bundle install',
    build: 'SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile',
    start: 'bundle exec rails server -b 0.0.0.0',
    ports: [3100],
    healthPath: '/up',
    backingServices: ['postgres', 'redis'],
    systemPackages: ['libpq5'],
  });
  expect(web?.env.map(({ name, required }) => [name, required])).toEqual([
    ['API_KEY', true],
    ['API_TOKEN', false],
    ['DATABASE_URL', false],
    ['PORT', false],
    ['REDIS_URL', false],
    ['SECRET_KEY_BASE', true],
  ]);
  expect(worker).toMatchObject({ kind: 'worker', start: 'bundle exec sidekiq', ports: [] });
});

test('a Sinatra script starts as itself, a Rack program by its server', async () => {
  const script = await onlyService({
    Gemfile: 'gem "sinatra"\n',
    'web.rb': 'require "sinatra"\nset :port, 8099\nget "/health" do; end\n',
  });
  expect(script).toMatchObject({
    start: 'bundle exec ruby web.rb -o 0.0.0.0',
    ports: [8099],
    healthPath: '/health',
  });
  const rack = await onlyService({ Gemfile: 'gem "rack"\ngem "puma"\n', 'config.ru': 'run App\n' });
  expect(rack).toMatchObject({ start: 'bundle exec puma -p 9292', ports: [9292] });
});

test('Laravel, Symfony and plain PHP serve their document root', async () => {
  const laravel = await onlyService({
    'composer.json': '{"require":{"php":"^8.2","laravel/framework":"^12.0","ext-intl":"*"}}',
    artisan: '#!/usr/bin/env php\n',
    'public/index.php': '<?php\n',
    '.env.example': 'APP_KEY=\nDB_CONNECTION=pgsql\nQUEUE_CONNECTION=redis\n',
    'config/app.php': "<?php\nreturn ['key' => env('APP_KEY'), 'name' => env('APP_NAME', 'x')];\n",
    'package.json': '{"scripts":{"build":"vite build"}}',
  });
  expect(laravel).toMatchObject({
    runtimeVersion: '8.2',
    start: 'php artisan serve --host=0.0.0.0 --port=8000',
    build: 'npm install && npm run build',
    ports: [8000],
    backingServices: ['postgres', 'redis'],
    systemPackages: ['php-intl'],
  });
  expect(laravel.env.map(({ name, required }) => [name, required])).toEqual([
    ['APP_KEY', true],
    ['APP_NAME', false],
  ]);
  const symfony = await onlyService({
    'composer.json':
      '{"require":{"php":">=8.1 <9","symfony/framework-bundle":"7.*"},"config":{"platform":{"php":"8.3.2"}}}',
    'public/index.php': '<?php\n',
    'config/packages/doctrine.yaml':
      "doctrine:\n    dbal:\n        url: '%env(resolve:DATABASE_URL)%'\n",
    '.env': 'DATABASE_URL="mysql://app@127.0.0.1:3306/app"\n',
  });
  expect(symfony).toMatchObject({
    framework: 'symfony',
    runtimeVersion: '8.3',
    start: 'php -S 0.0.0.0:8000 -t public',
    backingServices: ['mysql'],
    env: [{ name: 'DATABASE_URL', required: true, file: 'config/packages/doctrine.yaml', line: 3 }],
  });
  expect(await onlyService({ 'index.php': '<?php\n', 'admin/index.php': '<?php\n' })).toMatchObject(
    {
      start: 'php -S 0.0.0.0:8000 -t .',
      path: '.',
    },
  );
});

test('Phoenix is released and told to serve; its port comes from runtime.exs', async () => {
  const service = await onlyService({
    'mix.exs': `defmodule Hello.MixProject do
  def project do
    [app: :hello, version: "0.1.0", elixir: "~> 1.15"]
  end
  def application do
    [mod: {Hello.Application, []}]
  end
  defp deps do
    [
      {:phoenix, "~> 1.7"},
      {:postgrex, ">= 0.0.0"}
    ]
  end
end
`,
    'config/runtime.exs':
      'secret = System.get_env("SECRET_KEY_BASE") ||\n  raise "missing"\nport = String.to_integer(System.get_env("PORT") || "4010")\n',
  });
  expect(service).toMatchObject({
    framework: 'phoenix',
    runtimeVersion: '1.15',
    build: 'MIX_ENV=prod mix release --overwrite',
    start: 'PHX_SERVER=true ./_build/prod/rel/hello/bin/hello start',
    ports: [4010],
    backingServices: ['postgres'],
  });
  expect(service.env.map(({ name, required }) => [name, required])).toEqual([
    ['PORT', false],
    ['SECRET_KEY_BASE', true],
  ]);
});

test('an Elixir application that listens by itself is a server', async () => {
  const service = await onlyService({
    'mix.exs':
      'defmodule KV.Mixfile do\n  def project, do: [app: :kv, elixir: "~> 1.14"]\n  def application, do: [mod: {KV, []}]\nend\n',
    'lib/kv.ex':
      'def start, do: accept(4040)\ndef accept(port), do: :gen_tcp.listen(port, [:binary])\n',
  });
  expect(service).toMatchObject({ kind: 'web', ports: [4040] });
});

test('an Elixir requirement counts through its attribute; a minimum out of support pins nothing', async () => {
  const version = async (requirement: string) =>
    (
      await onlyService({
        'mix.exs': `defmodule A do\n  @elixir_requirement "${requirement}"\n  def project, do: [app: :a, elixir: @elixir_requirement]\n  def application, do: [mod: {A, []}]\nend\n`,
      })
    ).runtimeVersion;
  expect(await version('~> 1.18')).toBe('1.18');
  expect(await version('~> 1.13')).toBeNull();
});
