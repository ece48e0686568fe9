import { XMLValidator } from 'fast-xml-parser';
import { parse as parseToml, TomlError } from 'smol-toml';
import { readJson } from '../json/read-json.ts';
import { quote, Report } from '../report.ts';
import type { Validator } from '../validator.ts';
import { sourceParser } from './parsers.ts';

/** Faults that one file tells: what follows the first ones is mostly theirs. */
const maxFaults = 5;

/** Judges a source by its syntax: data strictly, programs by grammars that may lag behind their language. */
export const validateSource: Validator = async ({ path, content }) => {
  const report = new Report();
  const end = path.slice(path.lastIndexOf('.') + 1);
  const broken = (line: number, message: string): void =>
    report.add(
      'source/syntax',
      'error',
      line,
      `This is not valid: ${message}. Mend it here.`,
      urls[end] ?? urls.js,
    );
  if (end === 'json') {
    const read = readJson(content);
    if (!read.ok) broken(read.line, read.message);
  } else if (end === 'toml') judgeToml(content, broken);
  else if (/^(?:xml|csproj|props)$/.test(end)) {
    const result = XMLValidator.validate(content.replace(/^\uFEFF/, ''));
    if (result !== true) broken(result.err.line, result.err.msg.replace(/\.$/, ''));
  } else await judgeProgram(end, content, report);
  return report.findings;
};

const urls: Readonly<Record<string, string>> & { readonly js: string } = {
  js: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Lexical_grammar',
  json: 'https://www.rfc-editor.org/rfc/rfc8259',
  toml: 'https://toml.io/en/v1.0.0',
  xml: 'https://www.w3.org/TR/xml/',
  csproj: 'https://learn.microsoft.com/visualstudio/msbuild/msbuild-project-file-schema-reference',
  props: 'https://learn.microsoft.com/visualstudio/msbuild/msbuild-project-file-schema-reference',
  py: 'https://docs.python.org/3/reference/',
  java: 'https://docs.oracle.com/javase/specs/',
};

function judgeToml(content: string, broken: (line: number, message: string) => void): void {
  try {
    parseToml(content);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    broken(error.line, error.message.split('\n', 1)[0] ?? '');
  }
}

async function judgeProgram(end: string, content: string, report: Report): Promise<void> {
  const parser = await sourceParser(end);
  if (parser === null) return;
  const lineAt = (offset: number): number => content.slice(0, offset).split('\n').length;
  let faults = 0;
  parser.parse(content).iterate({
    enter: ({ type, from }) => {
      if (!type.isError || faults >= maxFaults) return faults < maxFaults;
      faults += 1;
      const near = content.slice(from).trimStart().split(/\s/, 1)[0] ?? '';
      const place = near === '' ? 'the end' : quote(near, 30);
      report.add(
        'source/syntax',
        'warning',
        lineAt(from),
        `The source cannot be parsed at ${place}. Look whether it is whole.`,
        urls[end] ?? urls.js,
      );
      return true;
    },
  });
}
