import type { Service } from '#shared/scan.ts';
import { wgetCheck } from './health.ts';
import { cmd, comment, copy, expose, from, healthcheck, user } from './instructions.ts';
import { join, type Layout } from './layout.ts';
import { nodeBuildStages } from './node.ts';
import { pythonBuildStages } from './python.ts';
import { rubyBuildStages } from './ruby.ts';
import { siteBuildStages } from './site-builders.ts';
import { type Stack, usesFramework } from './stack.ts';

const uid = 101;
const port = 8080;

/** Where each generator leaves its site, for scans that could not tell. */
const outputs: readonly (readonly [framework: string, folder: string])[] = [
  ['next', 'out'],
  ['nuxt', '.output/public'],
  ['sveltekit', 'build'],
  ['createreactapp', 'build'],
  ['reactscripts', 'build'],
  ['gatsby', 'public'],
  ['hugo', 'public'],
  ['eleventy', '_site'],
  ['11ty', '_site'],
  ['jekyll', '_site'],
  ['mkdocs', 'site'],
  ['sphinx', '_build/html'],
  ['mdbook', 'book'],
  ['zola', 'public'],
  ['flutter', 'build/web'],
  ['blazor', 'out/wwwroot'],
  ['docusaurus', 'build'],
];

function outputOf(service: Service): string {
  const known = outputs.find(([framework]) => usesFramework(service, framework));
  return service.output ?? known?.[1] ?? (service.build === null ? '.' : 'dist');
}

/** Stages up to `build` with the site in `/app`, or none where the sources are the site. */
function buildStages(service: Service, layout: Layout): readonly string[] {
  if (service.language === 'python') return pythonBuildStages(service, layout);
  if (service.language === 'ruby') return rubyBuildStages(service, layout);
  if (service.language === 'javascript' || service.language === 'typescript') {
    return service.build === null && service.install === null
      ? []
      : nodeBuildStages(service, layout);
  }
  return siteBuildStages(service, layout);
}

/** Lines of the server's configuration; single-page applications answer every path by their index. */
function configuration(service: Service): readonly string[] {
  const pages =
    usesFramework(
      service,
      'astro',
      'gatsby',
      'hugo',
      'jekyll',
      'eleventy',
      '11ty',
      'mkdocs',
      'sphinx',
      'mdbook',
      'zola',
      'docusaurus',
      'next',
      'nuxt',
      'html',
    ) || service.language === 'html';
  const fallback = pages ? '$uri.html =404' : '/index.html';
  return [
    'server {',
    `  listen ${port};`,
    '  root /usr/share/nginx/html;',
    '  server_tokens off;',
    '  gzip on;',
    '  gzip_types text/css application/javascript application/json image/svg+xml;',
    '  add_header X-Content-Type-Options nosniff always;',
    `  location / { try_files $uri $uri/ ${fallback}; }`,
    '}',
  ];
}

/** Static files behind an unprivileged nginx, whatever built them. */
export const staticStack: Stack = {
  image(service) {
    return {
      uid,
      gid: uid,
      port,
      writable: [],
      health: wgetCheck({ ...service, healthPath: null }, port),
    };
  },
  dockerfile(service, layout) {
    const stages = buildStages(service, layout);
    const lines = configuration(service).map((line) => `'${line}'`);
    const html = '/usr/share/nginx/html/';
    const output = outputOf(service);
    const built = join(join('/app', layout.folder), output);
    return [
      ...stages,
      comment('Listens on 8080 and runs as user 101, without root.'),
      from('nginxinc/nginx-unprivileged:1.29-alpine'),
      `RUN printf '%s\\n' ${lines.join(' \\\n      ')} > /etc/nginx/conf.d/default.conf`,
      stages.length > 0
        ? copy({ from: 'build', sources: [`${built}/`], to: html })
        : copy({ sources: [`${join(layout.folder || '.', output)}/`], to: html }),
      user(uid),
      expose([port]),
      healthcheck(this.image(service).health ?? [], 5),
      cmd(['nginx', '-g', 'daemon off;']),
    ];
  },
  ignore: (service) => [
    '**/node_modules',
    ...(service.build === null ? [] : ['**/.cache', '**/coverage']),
  ],
};
