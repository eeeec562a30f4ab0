import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  HighlightStyle,
  StreamLanguage,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { graphQlMode, protoMode, xmlMode } from './code-modes';

export type Language = 'json' | 'yaml' | 'javascript' | 'xml' | 'graphql' | 'proto' | 'text';

const languages: Record<Language, () => Extension> = {
  json: () => json(),
  yaml: () => yaml(),
  javascript: () => javascript(),
  xml: () => StreamLanguage.define(xmlMode),
  graphql: () => StreamLanguage.define(graphQlMode),
  proto: () => StreamLanguage.define(protoMode),
  text: () => [],
};

export const languageOf = (language: Language): Extension => languages[language]();

/** A language with what helps to write it. */
export const writing = (language: Language): Extension => [
  languageOf(language),
  language === 'json' ? jsonLint() : [],
];

const colours = HighlightStyle.define([
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syntax-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--syntax-number)' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--syntax-keyword)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--syntax-property)' },
  { tag: [tags.comment, tags.meta], color: 'var(--syntax-comment)' },
]);

const looks = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--fg)', fontSize: 'var(--editor-size)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent-text)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--fg-faint)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 12px', minWidth: '36px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--bg-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent-text)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--accent-line)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-soft)' },
  '.cm-panels': { backgroundColor: 'var(--bg-sunken)', color: 'var(--fg)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--bg-raised)',
    color: 'var(--fg)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
  },
  '.cm-problemLine, .cm-problemLine.cm-activeLine': {
    backgroundColor: 'var(--removed-soft)',
    boxShadow: 'inset 3px 0 0 var(--removed)',
  },
  '.cm-problemPlace': { textDecoration: 'underline wavy var(--removed)', textUnderlineOffset: '3px' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--bg-active)', border: 'none', color: 'var(--fg-soft)' },
  '.cm-changedLine': { backgroundColor: 'var(--added-soft) !important' },
  '.cm-changedText': { background: 'color-mix(in srgb, var(--added) 24%, transparent) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--removed-soft) !important', padding: '0' },
  '.cm-deletedChunk .cm-deletedLine': { padding: '0 12px 0 6px' },
  '.cm-deletedText': { background: 'color-mix(in srgb, var(--removed) 24%, transparent) !important' },
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--removed-soft) !important' },
  '&.cm-merge-a .cm-changedText': {
    background: 'color-mix(in srgb, var(--removed) 24%, transparent) !important',
  },
  '.cm-collapsedLines': {
    background: 'var(--bg-sunken)',
    color: 'var(--fg-faint)',
    fontFamily: 'var(--font)',
    fontSize: '12px',
    padding: '3px 12px',
  },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"···"' },
});

/** What every editor and diff of the window has in common. */
export function common(): Extension {
  return [
    // The shell writes a fresh nonce into this element; without it the strict style policy refuses the editor's styles.
    EditorView.cspNonce.of(document.querySelector<HTMLStyleElement>('#nonce')?.nonce ?? ''),
    looks,
    syntaxHighlighting(colours),
    highlightSpecialChars(),
  ];
}

/** What an editor that can be typed into has. */
export function editing(): Extension {
  return [
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
  ];
}

export const numbered = (): Extension => [lineNumbers(), foldGutter()];

export const fixed = (): Extension => EditorState.readOnly.of(true);

function jsonLint(): Extension {
  const parse = jsonParseLinter();
  return linter((view) => (view.state.doc.toString().trim() === '' ? [] : parse(view)), { delay: 400 });
}

/** The smallest change that turns one text into another: all between what they begin and end with alike. */
export function difference(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let kept = 0;
  while (kept < shorter - from && before.at(-1 - kept) === after.at(-1 - kept)) kept += 1;
  return { from, to: before.length - kept, insert: after.slice(from, after.length - kept) };
}
