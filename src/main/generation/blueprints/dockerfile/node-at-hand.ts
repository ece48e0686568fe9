import type { Service } from '#shared/scan.ts';
import { asService } from './assets.ts';
import { shellQuote } from './command-line.ts';
import { comment, copy, run } from './instructions.ts';
import { below, join, layoutOf } from './layout.ts';
import { nodeImages } from './node-images.ts';
import { nodePackages } from './node-packages.ts';

/** Node.js and the package manager, for builds that call them: of the official image, on Debian like this one. */
export function nodeAtHand(service: Service): readonly string[] {
  const [assets] = (service.assets ?? []).filter(({ build }) => build === null);
  if (assets === undefined) return [];
  const own = asService(service, assets);
  const { build: image, program } = nodeImages(own);
  const files =
    program === 'bun'
      ? [copy({ from: image, sources: ['/usr/local/bin/bun'], to: '/usr/local/bin/' })]
      : [
          copy({ from: image, sources: ['/usr/local/bin/node'], to: '/usr/local/bin/' }),
          copy({
            from: image,
            sources: ['/usr/local/lib/node_modules/npm'],
            to: '/usr/local/lib/node_modules/npm',
          }),
          run(
            ['npm', 'npx'].map(
              (name) => `ln -s ../lib/node_modules/npm/bin/${name}-cli.js /usr/local/bin/${name}`,
            ),
          ),
        ];
  return [
    comment('The build calls Node.js, which is no part of the final image.'),
    ...files,
    ...nodePackages(own, layoutOf(own)).setup,
  ];
}

/** Installs the packages of front ends that the service's own build builds. */
export function assetInstalls(service: Service): readonly string[] {
  return (service.assets ?? [])
    .filter(({ build }) => build === null)
    .flatMap((assets) => {
      const folder = below(service.context, assets.context);
      if (folder === null) return [];
      const steps = folder === '' ? [] : [`cd ${shellQuote(join('/app', folder))}`];
      return [run([...steps, assets.install], [{ target: '/root/.npm' }])];
    });
}

/** A build in a folder that is copied as it is, without what Node.js needed for it. */
export function withoutModules(service: Service, build: string): readonly string[] {
  const calls = service.assets?.some((assets) => assets.build === null) ?? false;
  return calls ? [build, 'rm -rf node_modules'] : [build];
}
