/** Full names of the methods in a proto file (`/package.Service/Method`), as far as its text shows them. */
export function protoMethods(text: string): string[] {
  const bare = text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '');
  const holder = /\bpackage\s+([\w.]+)\s*;/.exec(bare)?.[1];
  const prefix = holder ? `${holder}.` : '';
  return [...bare.matchAll(/\bservice\s+(\w+)\s*\{([^]*?)(?=\bservice\s+\w+\s*\{|$)/g)].flatMap(
    ([, service = '', body = '']) =>
      [...body.matchAll(/\brpc\s+(\w+)/g)].map(([, method = '']) => `/${prefix}${service}/${method}`),
  );
}
