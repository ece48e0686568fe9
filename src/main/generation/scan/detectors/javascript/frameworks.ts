/** A framework that makes a package an application. */
export type Framework = {
  readonly name: string;
  /** Dependencies, any of which shows it. */
  readonly packages: readonly string[];
  /** Its program as scripts call it; shows that the package is an application of it, not an add-on to it. */
  readonly program: RegExp | null;
  /** Starts of configuration file names that show the same. */
  readonly configs: readonly string[];
  /** `renders`: has a server of its own; `bundles`: leaves static files; `serves`: a library for servers. */
  readonly role: 'renders' | 'bundles' | 'serves' | 'works';
  /** Port that it listens on unless told otherwise. */
  readonly port: number | null;
  /** Folder of static files that its build leaves. */
  readonly output: string | null;
};

type Row = readonly [
  name: string,
  packages: string,
  program: RegExp | null,
  configs: string,
  port: number | null,
  output: string | null,
];

const renders: readonly Row[] = [
  ['next', 'next', /\bnext\b(?! dev)/, 'next.config.', 3000, 'out'],
  ['nuxt', 'nuxt nuxt3 nuxt-edge', /\bnuxi?t?\b/, 'nuxt.config.', 3000, '.output/public'],
  [
    'react-router',
    '@react-router/dev',
    /\breact-router\b/,
    'react-router.config.',
    3000,
    'build/client',
  ],
  [
    'remix',
    '@remix-run/dev @remix-run/serve',
    /\bremix(?:-serve)?\b/,
    'remix.config.',
    3000,
    'build/client',
  ],
  ['sveltekit', '@sveltejs/kit', /\bvite\b/, 'svelte.config.', 3000, 'build'],
  ['astro', 'astro', /\bastro\b/, 'astro.config.', 4321, 'dist'],
  [
    'solid-start',
    '@solidjs/start solid-start',
    /\bvinxi\b|\bsolid-start\b/,
    'app.config.',
    3000,
    null,
  ],
  [
    'tanstack-start',
    '@tanstack/react-start @tanstack/start',
    /\bvinxi\b|\bvite\b/,
    'app.config.',
    3000,
    null,
  ],
  ['angular', '@angular/core', /\bng\b/, 'angular.json', 4000, 'dist'],
];

const bundles: readonly Row[] = [
  ['docusaurus', '@docusaurus/core', /\bdocusaurus\b/, 'docusaurus.config.', null, 'build'],
  ['vitepress', 'vitepress', /\bvitepress\b/, '.vitepress', null, '.vitepress/dist'],
  ['vuepress', 'vuepress', /\bvuepress\b/, '.vuepress', null, '.vuepress/dist'],
  ['gatsby', 'gatsby', /\bgatsby\b/, 'gatsby-config.', null, 'public'],
  ['eleventy', '@11ty/eleventy', /\beleventy\b/, '.eleventy.js eleventy.config.', null, '_site'],
  ['hexo', 'hexo', /\bhexo\b/, '_config.yml', null, 'public'],
  [
    'create-react-app',
    'react-scripts',
    /\breact-(?:scripts|app-rewired)\b|\bcraco\b/,
    '',
    null,
    'build',
  ],
  ['vue-cli', '@vue/cli-service', /\bvue-cli-service\b/, 'vue.config.', null, 'dist'],
  ['ember', 'ember-cli', /\bember\b/, 'ember-cli-build.', null, 'dist'],
  ['umi', 'umi @umijs/max', /\b(?:umi|max)\b/, '.umirc.', null, 'dist'],
  ['rsbuild', '@rsbuild/core', /\brsbuild\b/, 'rsbuild.config.', null, 'dist'],
  ['vite', 'vite rolldown-vite', /\bvite\b/, 'vite.config.', null, 'dist'],
  ['parcel', 'parcel parcel-bundler', /\bparcel\b/, '.parcelrc', null, 'dist'],
];

const serves: readonly Row[] = [
  ['nest', '@nestjs/core', null, '', 3000, null],
  ['strapi', '@strapi/strapi strapi', null, '', 1337, null],
  ['medusa', '@medusajs/medusa', null, '', 9000, null],
  ['adonis', '@adonisjs/core', null, '', 3333, null],
  ['directus', 'directus', null, '', 8055, null],
  ['keystone', '@keystone-6/core', null, '', 3000, null],
  ['parse-server', 'parse-server', null, '', 1337, null],
  ['sails', 'sails', null, '', 1337, null],
  ['feathers', '@feathersjs/feathers', null, '', 3030, null],
  ['loopback', '@loopback/rest', null, '', 3000, null],
  ['hono', 'hono', null, '', 3000, null],
  ['elysia', 'elysia', null, '', 3000, null],
  ['fastify', 'fastify', null, '', 3000, null],
  ['express', 'express', null, '', null, null],
  ['koa', 'koa', null, '', null, null],
  ['hapi', '@hapi/hapi hapi', null, '', null, null],
  ['restify', 'restify', null, '', null, null],
  ['polka', 'polka', null, '', null, null],
  ['nitro', 'nitropack nitro', null, '', 3000, null],
  ['h3', 'h3', null, '', 3000, null],
  ['apollo', '@apollo/server apollo-server', null, '', 4000, null],
  ['graphql-yoga', 'graphql-yoga', null, '', 4000, null],
  ['moleculer', 'moleculer-web', null, '', 3000, null],
  ['probot', 'probot', null, '', 3000, null],
  ['grpc', '@grpc/grpc-js grpc', null, '', null, null],
  ['socket.io', 'socket.io', null, '', null, null],
  ['ws', 'ws', null, '', null, null],
];

const works: readonly Row[] = [
  ['bullmq', 'bullmq @nestjs/bullmq', null, '', null, null],
  ['bull', 'bull', null, '', null, null],
  ['agenda', 'agenda', null, '', null, null],
  ['temporal', '@temporalio/worker', null, '', null, null],
  ['graphile-worker', 'graphile-worker', null, '', null, null],
  ['pg-boss', 'pg-boss', null, '', null, null],
  ['kafkajs', 'kafkajs', null, '', null, null],
  ['amqplib', 'amqplib', null, '', null, null],
  ['node-cron', 'node-cron cron', null, '', null, null],
  ['discord.js', 'discord.js', null, '', null, null],
  ['telegraf', 'telegraf grammy', null, '', null, null],
];

/** All frameworks, those that say most of a package first. */
export const frameworks: readonly Framework[] = [
  ...renders.map((row) => toFramework(row, 'renders')),
  ...bundles.map((row) => toFramework(row, 'bundles')),
  ...serves.map((row) => toFramework(row, 'serves')),
  ...works.map((row) => toFramework(row, 'works')),
];

function toFramework(
  [name, packages, program, configs, port, output]: Row,
  role: Framework['role'],
): Framework {
  return {
    name,
    packages: packages.split(' '),
    program,
    configs: configs.split(' ').filter(Boolean),
    role,
    port,
    output,
  };
}
