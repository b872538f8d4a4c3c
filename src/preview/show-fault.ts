import { resolve } from 'node:path';
import type { Config } from '../config/load.ts';
import type { Diagnostic, Place } from '../model/diagnostic.ts';
import type { ShownDiagnostic } from './define.ts';
import { composeEditorUrl } from './editor-url.ts';

/** Makes the address that opens a file, relative to the blog's folder, in the author's editor; undefined where there is none. */
export type FileOpener = (file: string, place: Place) => string | undefined;

/** Opens files by the editor that the config names. */
export function openFiles({ editor, root }: Pick<Config, 'editor' | 'root'>): FileOpener {
  return (file, place) =>
    /^[a-z][a-z\d+.-]+:/i.test(file) ? undefined : composeEditorUrl(editor, resolve(root, file), place);
}

/** A diagnostic as the preview shows it. */
export function showFault(fault: Diagnostic, open: FileOpener): ShownDiagnostic {
  const { rule, severity, message, remedy, file, line, column, target } = fault;
  const editorUrl = open(file, fault);
  return {
    rule,
    severity,
    message,
    remedy,
    file,
    line,
    column,
    ...(target !== undefined && { target }),
    ...(editorUrl !== undefined && { editorUrl }),
  };
}

/** Faults in the order of their places, each once. */
export function sortFaults(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return [...known.values()].toSorted(
    (a, b) => Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  );
}
