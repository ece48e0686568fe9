import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Finding } from '#shared/artifact.ts';

/** Marks findings at their lines, in the text and in the gutter. */
export function markFindings(view: EditorView, findings: readonly Finding[]): void {
  const { doc } = view.state;
  const marks = findings.map((finding): Diagnostic => {
    const line = doc.line(Math.min(finding.line, doc.lines));
    const start = line.from + (line.text.length - line.text.trimStart().length);
    return {
      from: Math.min(start, line.to),
      to: line.to,
      severity: finding.severity,
      source: finding.rule,
      message: finding.message,
    };
  });
  view.dispatch(setDiagnostics(view.state, marks));
}
