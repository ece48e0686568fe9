import { existsSync } from 'node:fs';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { createApi } from '#main/api/create-api.ts';
import { dataFolder } from '#main/core/data-folder.ts';
import { locateApp } from '../transport/app-location.ts';
import { runWebProcess } from './web-process.ts';

const { version, pageFolder, sampleFolder, modelsFolder, computeEntry, imagesEntry } = locateApp(
  import.meta.dirname,
);

await runWebProcess({
  pageFolder,
  openApi: () =>
    createApi({
      dataFolder: dataFolder(),
      door: 'web',
      version,
      acceleration: { spawn: forkCompute(computeEntry), modelsFolder },
      images: { spawn: forkCompute(imagesEntry) },
      sampleFolder: existsSync(sampleFolder) ? sampleFolder : null,
    }),
});
