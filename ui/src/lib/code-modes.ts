import type { StreamParser, StringStream } from '@codemirror/language';

/** Colours for small languages that have no grammar among our libraries: word by word, without an understanding. */
const wordMode = (keywords: string[], comment: '#' | '//'): StreamParser<{ block: boolean }> => {
  const known = new Set(keywords);
  return {
    startState: () => ({ block: false }),
    token(stream, state) {
      if (state.block || stream.match('/*')) {
        state.block = !toEnd(stream, '*/');
        return 'comment';
      }
      if (stream.eatSpace()) return null;
      if (stream.match(comment)) {
        stream.skipToEnd();
        return 'comment';
      }
      if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
      if (stream.match(/^\d[\w.]*/)) return 'number';
      if (stream.match(/^[$@][A-Za-z_]\w*/)) return 'meta';
      const word = stream.match(/^[A-Za-z_]\w*/);
      if (Array.isArray(word)) {
        if (known.has(word[0])) return 'keyword';
        return /^\s*:/.test(stream.string.slice(stream.pos)) ? 'propertyName' : null;
      }
      stream.next();
      return null;
    },
    languageData: { commentTokens: { line: comment }, closeBrackets: { brackets: ['(', '[', '{', '"'] } },
  };
};

/** Moves behind `mark`, or to the end of the line; true where it was found. */
function toEnd(stream: StringStream, mark: string): boolean {
  const at = stream.string.indexOf(mark, stream.pos);
  if (at < 0) {
    stream.skipToEnd();
    return false;
  }
  stream.pos = at + mark.length;
  return true;
}

export const graphQlMode = wordMode(
  ['query', 'mutation', 'subscription', 'fragment', 'on', 'true', 'false', 'null'],
  '#',
);

export const protoMode = wordMode(
  [
    'syntax',
    'package',
    'import',
    'option',
    'message',
    'enum',
    'service',
    'rpc',
    'returns',
    'stream',
    'repeated',
    'optional',
    'required',
    'oneof',
    'map',
    'reserved',
    'extend',
    'true',
    'false',
  ],
  '//',
);

export const xmlMode: StreamParser<{ in: 'text' | 'tag' | 'comment' }> = {
  startState: () => ({ in: 'text' }),
  token(stream, state) {
    if (state.in === 'comment' || stream.match('<!--')) {
      state.in = toEnd(stream, '-->') ? 'text' : 'comment';
      return 'comment';
    }
    if (state.in === 'text') {
      if (stream.match(/^<[/?!]?[\w:.-]*/)) {
        state.in = 'tag';
        return 'keyword';
      }
      if (stream.match(/^&[#\w]+;/)) return 'atom';
      stream.next();
      stream.eatWhile(/[^<&]/);
      return null;
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^[/?]?>/)) {
      state.in = 'text';
      return 'keyword';
    }
    if (stream.match(/^"[^"]*"?|^'[^']*'?/)) return 'string';
    if (stream.match(/^[\w:.-]+/)) return 'propertyName';
    stream.next();
    return null;
  },
};
