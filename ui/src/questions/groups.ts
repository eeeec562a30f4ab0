import type { AskedQuestion } from '../bindings/AskedQuestion';

/** Questions about one resource. */
export interface QuestionGroup {
  resource: string;
  first: AskedQuestion;
  questions: AskedQuestion[];
}

/** By resource, in the order they came. */
export function groupsOf(questions: AskedQuestion[]): QuestionGroup[] {
  const groups = new Map<string, QuestionGroup>();
  for (const asked of questions) {
    const group = groups.get(asked.resource) ?? { resource: asked.resource, first: asked, questions: [] };
    group.questions.push(asked);
    groups.set(asked.resource, group);
  }
  return [...groups.values()];
}
