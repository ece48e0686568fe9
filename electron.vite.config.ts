import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { moduleUrls } from './scripts/module-urls.ts';

const main = (file: string) => resolve(import.meta.dirname, 'src/main', file);

export default defineConfig({
  main: {
    plugins: [moduleUrls()],
    build: {
      // An optional package: it may not be there, or not be compiled, and is loaded when it is needed.
      externalizeDeps: { include: ['keytar'] },
      rolldownOptions: {
        input: {
          index: main('index.ts'),
          server: main('doors/web/main.ts'),
          cli: main('doors/cli/main.ts'),
          compute: main('acceleration/compute/main.ts'),
          images: main('acceleration/vision/main.ts'),
        },
      },
    },
  },
  preload: {
    build: { rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } } },
  },
  renderer: { plugins: [react()], build: { minify: true } },
});
