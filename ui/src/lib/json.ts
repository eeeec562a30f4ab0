/** What is wrong with a JSON text, or null. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const at = /position (\d+)/.exec(said);
    if (!at) return 'This is not valid JSON yet.';
    const line = text.slice(0, Number(at[1])).split('\n').length;
    return `This is not valid JSON yet: see line ${line}.`;
  }
}

/** The map a JSON text holds; null where it holds none. */
export function jsonMap(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export const pretty = (value: unknown) => JSON.stringify(value, null, 2);
