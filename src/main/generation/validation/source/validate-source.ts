import { XMLValidator } from 'fast-xml-parser';
import { parse as parseToml, TomlError } from 'smol-toml';
import { readJson } from '../json/read-json.ts';
import { Report } from '../report.ts';
import type { Validator } from '../validator.ts';
import { csharpFaults } from './csharp-faults.ts';
import { javascriptFaults } from './javascript-faults.ts';
import { treeFaults } from './tree-faults.ts';

type Broken = (line: number, message: string) => void;

/** Judges a source by its syntax, as far as its language's compiler would look before anything else. */
export const validateSource: Validator = async ({ path, content }) => {
  const report = new Report();
  const end = path.slice(path.lastIndexOf('.') + 1);
  const broken: Broken = (line, message) =>
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
  } else await judgeProgram(path, content, broken);
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
  go: 'https://go.dev/ref/spec',
  cs: 'https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure',
};

function judgeToml(content: string, broken: Broken): void {
  try {
    parseToml(content);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    broken(error.line, error.message.split('\n', 1)[0] ?? '');
  }
}

async function judgeProgram(path: string, content: string, broken: Broken): Promise<void> {
  const end = path.slice(path.lastIndexOf('.') + 1);
  const find =
    end === 'cs'
      ? csharpFaults
      : /^[cm]?[jt]sx?$/.test(end)
        ? await javascriptFaults(path, end)
        : await treeFaults(end);
  for (const { line, message } of find?.(content) ?? []) broken(line, message);
}
