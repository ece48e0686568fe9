import { existsSync } from 'node:fs';
import { createApi } from '#main/api/create-api.ts';
import { dataFolder } from '#main/core/data-folder.ts';
import { locateApp } from '../transport/app-location.ts';
import { runWebProcess } from './web-process.ts';

const { version, pageFolder, sampleFolder } = locateApp(import.meta.dirname);

await runWebProcess({
  pageFolder,
  openApi: () =>
    createApi({
      dataFolder: dataFolder(),
      door: 'web',
      version,
      sampleFolder: existsSync(sampleFolder) ? sampleFolder : null,
    }),
});
