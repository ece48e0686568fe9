/** Debian packages that a dependency's native part or helper program needs while the service runs. */
const needs: Readonly<Record<string, readonly string[]>> = {
  canvas: ['libcairo2', 'libpango-1.0-0', 'libjpeg62-turbo', 'libgif7', 'librsvg2-2'],
  puppeteer: ['chromium'],
  'puppeteer-core': ['chromium'],
  prisma: ['openssl'],
  '@prisma/client': ['openssl'],
  'fluent-ffmpeg': ['ffmpeg'],
  gm: ['graphicsmagick'],
  imagemagick: ['imagemagick'],
  'node-tesseract-ocr': ['tesseract-ocr'],
  'pdf-poppler': ['poppler-utils'],
  'node-poppler': ['poppler-utils'],
  'simple-git': ['git'],
  nodegit: ['git'],
  oracledb: ['libaio1'],
  odbc: ['unixodbc'],
  libpq: ['libpq5'],
  'pg-native': ['libpq5'],
  '@discordjs/opus': ['libopus0'],
};

/** See {@link needs}; empty for packages that need nothing. */
export function debianPackages(dependency: string): readonly string[] {
  return Object.hasOwn(needs, dependency) ? (needs[dependency] as readonly string[]) : [];
}
