import type { Assets, Service } from '#shared/scan.ts';
import { comment, copy, from, run, workdir } from './instructions.ts';
import { below, join, layoutOf } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { nodeImages } from './node-images.ts';
import { type NodePackages, nodePackages } from './node-packages.ts';

/** A front end that has a stage of its own, with all that the stage needs. */
interface Built {
  readonly stage: string;
  readonly assets: Assets;
  readonly build: string;
}

/** The package as the service that it would be by itself. */
export function asService(service: Service, assets: Assets): Service {
  return {
    ...service,
    path: assets.path,
    context: assets.context,
    language: 'javascript',
    runtimeVersion: assets.runtimeVersion,
    framework: null,
    packageManager: assets.packageManager,
    lockfile: assets.lockfile,
    install: assets.install,
    build: assets.build,
    start: null,
  };
}

function builtApart(service: Service): readonly Built[] {
  return (service.assets ?? [])
    .flatMap((assets) => {
      const { build, outputs } = assets;
      const inside = below(service.context, assets.context) !== null;
      return build !== null && outputs.length > 0 && inside ? [{ assets, build }] : [];
    })
    .map((one, at) => ({ ...one, stage: at === 0 ? 'assets' : `assets-${at + 1}` }));
}

/**
 * A stage for each front end that is built apart: `assets`, `assets-2` and so on. With the context
 * in `/app` as in the service's own stage, so that what a build writes beside its package lands
 * where it should. `after` names a stage whose `/app` they are made from instead of the context,
 * where bundlers read what the service's own manager installed.
 */
export function assetStages(service: Service, after?: string): readonly string[] {
  return builtApart(service).flatMap(({ stage, assets, build }) => {
    const own = asService(service, assets);
    const layout = layoutOf(own);
    const packages = nodePackages(own, layout);
    const image = nodeImages(own).build;
    const root = join('/app', below(service.context, assets.context) ?? '');
    const enter = layout.folder === '' ? [] : [workdir(join(root, layout.folder))];
    const head = comment(
      `${assets.path === service.path ? 'The front end' : `The front end in ${assets.path}`}: its tools are no part of the final image.`,
    );
    if (after !== undefined) {
      return [
        head,
        from(image, stage),
        ...packages.setup,
        workdir('/app'),
        comment('Bundlers read what other managers installed too.'),
        copy({ from: after, sources: ['/app'], to: './' }),
        ...(root === '/app' ? [] : [workdir(root)]),
        run(assets.install, [{ target: '/root/.npm' }]),
        ...enter,
        run(build),
      ];
    }
    const manifests = `${stage}-manifests`;
    return [
      ...(packages.fetch === null
        ? []
        : manifestStage(
            image,
            ['package.json', ...packages.files, '*.patch'],
            ['.yarn'],
            manifests,
          )),
      head,
      from(image, stage),
      ...packages.setup,
      workdir(root),
      ...dependencies(packages, manifests, root),
      ...enter,
      run(build),
    ];
  });
}

function dependencies(packages: NodePackages, manifests: string, root: string): readonly string[] {
  const sources = copy({ sources: ['.'], to: '/app/' });
  if (packages.fetch === null) return [sources, packages.link];
  return [
    comment('Dependencies first: this layer changes with the manifests only. No scripts yet.'),
    copy({ from: manifests, sources: [root], to: './' }),
    packages.fetch,
    sources,
    packages.link,
  ];
}

/** Puts what the front ends' builds left into `/app`, where the service expects it. */
export function assetCopies(service: Service, chown?: string): readonly string[] {
  return builtApart(service).flatMap(({ stage, assets }) =>
    assets.outputs.flatMap((output) => {
      const place = below(service.context, output);
      if (place === null) return [];
      const folder = `${join('/app', place)}/`;
      return [copy({ from: stage, ...(chown ? { chown } : {}), sources: [folder], to: folder })];
    }),
  );
}
