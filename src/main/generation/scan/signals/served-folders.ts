import type { SourcePattern } from '../source-signals.ts';

/** A path in parts, as calls and operators join them: `'..', 'client', 'dist'` or `/ "client" / "dist"`. */
const literal = String.raw`["'\x60][\w.-]{1,60}(?:\/[\w.-]{1,60}){0,5}\/?["'\x60]`;
const parts = (between: string): string =>
  String.raw`(?<value>${literal}(?:\s{0,3}${between}\s{0,3}${literal}){0,5})`;

/** The parts as one path, where its last folder is one that builds leave and the file serves files. */
function builtFolder(serving: RegExp): (match: RegExpMatchArray) => string | null {
  return (match) => {
    const words = match.groups?.value?.match(/[\w.-]+/g) ?? [];
    const isBuilt = words.some((word) => /^(?:dist|build|out|browser)$/.test(word));
    return isBuilt && serving.test((match.input ?? '').slice(0, 200_000)) ? words.join('/') : null;
  };
}

/** Folders of built files that a JavaScript server serves. */
export const javascriptServedFolders: readonly SourcePattern[] = [
  {
    fact: 'file',
    hint: '(',
    pattern: new RegExp(
      String.raw`\b(?:join|resolve|static|serveStatic|sirv|serve)\(\s*(?:(?:__dirname|import\.meta\.dirname|process\.cwd\(\)|\w{1,30})\s*,\s*)?${parts(',')}`,
      'g',
    ),
    value: builtFolder(/\bstatic\(|serveStatic|ServeStaticModule|\bsirv\(|\/static["']|sendFile\(/),
  },
];

/** Folders of built files that a Python server serves. */
export const pythonServedFolders: readonly SourcePattern[] = [
  {
    fact: 'file',
    hint: 't',
    pattern: new RegExp(
      String.raw`(?:\bjoin\([^"'\n]{1,120},\s*|\)\s*\/\s*|\b[\w.]{1,60}\s*\/\s*|\b(?:directory|static_folder|template_folder)\s*=\s*|\bsend_from_directory\(\s*)${parts('[,/]')}`,
      'g',
    ),
    value: builtFolder(
      /StaticFiles\(|static_folder|STATICFILES_DIRS|send_from_directory|FileResponse\(|TEMPLATES\s*=/,
    ),
  },
];
