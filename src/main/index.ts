import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApi } from './api/create-api.ts';
import { dataFolder } from './core/data-folder.ts';
import { startDesktop } from './doors/desktop/app.ts';
import { utilityCompute } from './doors/desktop/utility-compute.ts';
import { locateApp } from './doors/transport/app-location.ts';

const { root, version, pageFolder, sampleFolder, modelsFolder, computeEntry, imagesEntry } =
  locateApp(import.meta.dirname);
const folder = dataFolder();

startDesktop({
  dataFolder: folder,
  pageFolder,
  preload: join(root, 'out', 'preload', 'index.cjs'),
  openApi: () =>
    createApi({
      dataFolder: folder,
      door: 'desktop',
      version,
      acceleration: { spawn: utilityCompute(computeEntry), modelsFolder },
      images: { spawn: utilityCompute(imagesEntry) },
      sampleFolder: existsSync(sampleFolder) ? sampleFolder : null,
    }),
});
