// Reads a trace of Chromium: what the thread of the page did for each frame, in its own processor time.

/** Few, as each event that is noted costs time as well. */
export const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

const kinds = {
  script:
    /^(FunctionCall|EvaluateScript|v8\.|V8\.|RunMicrotasks|EventDispatch|TimerFire|FireAnimationFrame|MinorGC|MajorGC)/,
  layout: /^(UpdateLayoutTree|Layout|HitTest|IntersectionObserver|ScrollLayer|InvalidateLayout)/,
  paint: /^(PrePaint|Paint|Layerize|Commit|UpdateLayer|CompositeLayers)/,
};
const kindOf = (name) => Object.keys(kinds).find((kind) => kinds[kind].test(name)) ?? null;

const none = { script: 0, layout: 0, paint: 0, rest: 0 };
const TASK = 'RunTask';
/** What begins a step. */
const BEGINS = ['keydown', 'mousedown'];

/** Events of the busiest thread that draws a page: there is one page. */
function ofPage(events) {
  const threads = new Map();
  for (const { ph, name, args, pid, tid } of events) {
    if (ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain') {
      threads.set(`${pid} ${tid}`, { work: 0, events: [] });
    }
  }
  for (const event of events) {
    const thread = event.ph === 'X' ? threads.get(`${event.pid} ${event.tid}`) : undefined;
    if (!thread) continue;
    thread.events.push(event);
    if (event.name === TASK) thread.work += event.tdur ?? 0;
  }
  const [busiest] = [...threads.values()].toSorted((a, b) => b.work - a.work);
  return busiest.events.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur);
}

/** The top tasks, each with its time by kind: that of an event without what lies in it. What has no kind counts to what holds it. */
function tasksOf(events) {
  const tasks = [];
  const open = [];
  for (const { name, ts, dur = 0, tdur = 0, args } of events) {
    while (open.length > 0 && open.at(-1).end <= ts) open.pop();
    const holder = open.at(-1);
    if (!holder && name !== TASK) continue;
    if (!holder)
      tasks.push({
        ts,
        end: ts + dur,
        clock: dur / 1000,
        work: tdur / 1000,
        drawn: false,
        begins: false,
        ...none,
      });
    const task = tasks.at(-1);
    const kind = kindOf(name) ?? holder?.kind ?? 'rest';
    if (holder) task[holder.kind] -= tdur / 1000;
    task[kind] += tdur / 1000;
    if (name === 'Commit') task.drawn = true;
    if (name === 'EventDispatch' && BEGINS.includes(args.data?.type)) task.begins = true;
    open.push({ kind, end: ts + dur });
  }
  return tasks;
}

/** What the tasks since the frame before came to. `step` counts the keys and clicks so far. */
function framesOf(tasks) {
  const frames = [];
  let step = 0;
  let frame = { work: 0, ...none };
  for (const task of tasks) {
    if (task.begins) step += 1;
    for (const part of ['work', ...Object.keys(none)]) frame[part] += task[part];
    if (!task.drawn) continue;
    frames.push({ ...frame, step });
    frame = { work: 0, ...none };
  }
  // What was not drawn any more when the watch ended.
  frames.push({ ...frame, step });
  return frames;
}

/** Milliseconds: the work of frames and of the longest task in processor time; `clock` is how long that took. */
export function readTrace(buffer) {
  const tasks = tasksOf(ofPage(JSON.parse(buffer.toString()).traceEvents));
  return {
    frames: framesOf(tasks),
    longest: Math.max(0, ...tasks.map(({ work }) => work)),
    clock: Math.max(0, ...tasks.map(({ clock }) => clock)),
  };
}

/** The heaviest frame of each step; where nobody pressed anything, each frame is a step. */
export function heaviest(frames) {
  if (frames.every(({ step }) => step === 0)) return frames;
  const most = new Map();
  for (const frame of frames) {
    if (frame.step > 0 && frame.work > (most.get(frame.step)?.work ?? 0)) most.set(frame.step, frame);
  }
  return most.size > 0 ? [...most.values()] : frames;
}
