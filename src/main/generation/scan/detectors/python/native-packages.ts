/** Debian packages that a dependency's native part needs while the service runs; wheels that bring all are not here. */
const needs: Readonly<Record<string, readonly string[]>> = {
  psycopg2: ['libpq5'],
  psycopg: ['libpq5'],
  mysqlclient: ['libmariadb3'],
  pyodbc: ['unixodbc'],
  'mssql-django': ['unixodbc'],
  'opencv-python': ['libgl1', 'libglib2.0-0'],
  'python-magic': ['libmagic1'],
  weasyprint: ['libpango-1.0-0', 'libpangoft2-1.0-0', 'libharfbuzz-subset0'],
  cairosvg: ['libcairo2'],
  pycairo: ['libcairo2'],
  pdf2image: ['poppler-utils'],
  pytesseract: ['tesseract-ocr'],
  'ffmpeg-python': ['ffmpeg'],
  pydub: ['ffmpeg'],
  moviepy: ['ffmpeg'],
  'openai-whisper': ['ffmpeg'],
  pylibmc: ['libmemcached11'],
  soundfile: ['libsndfile1'],
  librosa: ['libsndfile1'],
  gitpython: ['git'],
  graphviz: ['graphviz'],
  selenium: ['chromium', 'chromium-driver'],
  xmlsec: ['libxmlsec1-openssl'],
  'python3-saml': ['libxmlsec1-openssl'],
  'django:postgis': ['gdal-bin', 'libproj25'],
};

/** See {@link needs}; a client with its library inside (`psycopg[binary]`) needs none. */
export function debianPackagesOf(name: string, extras: readonly string[]): readonly string[] {
  if (!Object.hasOwn(needs, name)) return [];
  if (name === 'psycopg' && extras.includes('binary')) return [];
  return needs[name] as readonly string[];
}
