// What somebody does in the window while `bench.mjs` measures it.

/** Milliseconds between keys: a fast typist, one who looks, and a key that is held. */
const TYPED = 70;
const LOOKED = 150;
const HELD = 33;

const id = (name) => `[data-testid="${name}"]`;
const type =
  (text, delay = TYPED) =>
  async (page) => {
    await page.keyboard.type(text, { delay });
    return text.length;
  };
const hold =
  (key, times, delay = HELD) =>
  async (page) => {
    for (let n = 0; n < times; n += 1) {
      await page.keyboard.press(key);
      await page.waitForTimeout(delay);
    }
    return times;
  };
const steps =
  (...parts) =>
  async (page) => {
    let done = 0;
    for (const part of parts) done += await part(page);
    return done;
  };
const repeat = (times, part) => steps(...Array.from({ length: times }, () => part));
const pause = (ms) => async (page) => {
  await page.waitForTimeout(ms);
  return 0;
};
const focusRow = async (page, key) => {
  await page.focus(id('tree'));
  await page.keyboard.press(key);
};
/** Clicks in the middle of each, without the looks that the driver takes at the page for a click of its own. */
const clickEach =
  (selectors, rest = 200) =>
  async (page) => {
    for (const selector of selectors) {
      const { x, y, width, height } = await page.locator(selector).boundingBox();
      await page.mouse.click(x + width / 2, y + height / 2);
      await page.waitForTimeout(rest);
    }
    return selectors.length;
  };
/** Moves a list by so many pixels in each frame. */
const scroll = (selector, by, times) => (page) =>
  page.evaluate(
    async ([selector, by, times]) => {
      const list = document.querySelector(selector);
      for (let n = 0; n < times; n += 1) {
        list.scrollTop += by;
        await new Promise(requestAnimationFrame);
      }
      return times;
    },
    [selector, by, times],
  );
const requests = (count) => Array.from({ length: count }, (_, n) => `req_1_${n}`);
const lines = requests(12).map((name) => id(`tree-item-${name}`));
const tabs = requests(5).map((name) => id(`editor-tab-${name}`));
const parts = (...names) => names.map((name) => id(`request-tab-${name}`));

/**
 * In order; each goes on where the last one ended. `act` gives how many steps it made. With `until`, the time from the last
 * key until that is there is told.
 */
export const scenarios = [
  {
    name: 'unfold all',
    prepare: (page) => focusRow(page, 'Home'),
    act: steps(hold('*', 1), pause(300)),
  },
  { name: 'scroll', act: scroll(id('tree'), 90, 120) },
  { name: 'scroll, 143 lines a frame', act: scroll(id('tree'), 4000, 60) },
  { name: 'arrow keys', prepare: (page) => focusRow(page, 'Home'), act: hold('ArrowDown', 60) },
  { name: 'choose more by arrow keys', act: hold('Shift+ArrowDown', 40) },
  {
    name: 'choose 10,000',
    prepare: (page) => focusRow(page, 'Home'),
    act: steps(hold('Shift+End', 1), pause(100), hold('Shift+Home', 1)),
  },
  {
    name: 'fold and unfold',
    prepare: async (page) => {
      await focusRow(page, 'Home');
      await page.keyboard.press('ArrowDown');
    },
    act: repeat(15, steps(hold('ArrowLeft', 1), hold('ArrowRight', 1))),
  },
  {
    name: 'fold and unfold all',
    prepare: (page) => focusRow(page, 'Home'),
    act: repeat(10, steps(hold('ArrowLeft', 1), hold('ArrowRight', 1))),
  },
  {
    name: 'search, type fast',
    typing: true,
    prepare: (page) => page.focus(id('tree-search')),
    act: steps(type('label 12'), hold('Backspace', 7)),
    after: (page) => page.fill(id('tree-search'), ''),
  },
  {
    name: 'search, a look at each key',
    typing: true,
    prepare: (page) => page.focus(id('tree-search')),
    act: steps(type('label 12', LOOKED), pause(300)),
    until: id('search-hit'),
    after: (page) => page.fill(id('tree-search'), ''),
  },
  {
    name: 'scroll what was found',
    prepare: async (page) => {
      await page.fill(id('tree-search'), 'label 12');
      await page.waitForSelector(id('search-hit'));
      await page.waitForTimeout(500);
    },
    act: scroll(id('search-list'), 90, 60),
    after: (page) => page.fill(id('tree-search'), ''),
  },
  {
    name: 'palette, open',
    prepare: (page) => page.keyboard.press('Escape'),
    act: steps(hold('Control+k', 1), pause(300)),
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'palette, type',
    typing: true,
    prepare: (page) => page.keyboard.press('Control+k'),
    act: steps(type('get labl 12'), hold('Backspace', 11)),
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'open the first request',
    prepare: (page) => focusRow(page, 'Home'),
    act: clickEach([id('tree-item-req_1_19')]),
  },
  { name: 'open a request', act: clickEach(lines) },
  {
    name: 'parts of a request',
    act: clickEach(parts('headers', 'auth', 'docs', 'scripts', 'settings', 'params')),
  },
  { name: 'its body, 1,250 lines', act: clickEach(parts('body', 'params', 'body')) },
  { name: 'open a request at its body', act: clickEach(lines.toReversed()) },
  {
    name: 'switch tabs at the body',
    prepare: async (page) => {
      for (const name of requests(5)) await page.dblclick(id(`tree-item-${name}`));
      await page.waitForTimeout(500);
    },
    act: repeat(2, clickEach(tabs)),
  },
  {
    name: 'switch tabs',
    prepare: (page) => page.click(id('request-tab-params')),
    act: repeat(2, clickEach(tabs)),
  },
  {
    name: 'type an address, save',
    typing: true,
    prepare: (page) => page.focus(id('field-url')),
    // The pause lets it save and read the project again.
    act: steps(type('?reference=SH-2041&expand=all'), pause(1000)),
  },
  {
    name: 'type in a body, save',
    typing: true,
    prepare: async (page) => {
      await page.click(id('request-tab-body'));
      await page.click('#editor-panel .cm-content');
    },
    act: steps(type('"note": "left at the door", '), pause(1000)),
  },
  {
    name: 'switch branch',
    prepare: async (page) => {
      await page.click(id('branch-button'));
      await page.click(id('branch-switch-main'));
      await page.waitForSelector(id('change-detail'));
    },
    // Another text in each seventh request.
    act: clickEach([id('switch-go')], 2000),
  },
  {
    name: 'clone, and open it',
    prepare: async (page) => {
      await page.click(id('back-to-dashboard'));
      await page.click(id('main-menu'));
      await page.click(id('menu-clone'));
      await page.fill(id('clone-uri'), 'https://gitlab.com/parcels-example/parcel-tracking');
      await page.waitForSelector(id('clone-host'));
    },
    act: clickEach([id('clone-start')], 5000),
  },
];

/** The same with nothing of ours: what the browser and the machine cost. */
export const plain = [
  { name: 'plain page, at rest', act: steps(hold('Shift', 30)) },
  { name: 'plain list, scroll', act: scroll('#list', 90, 120) },
  { name: 'plain list, 143 lines a frame', act: scroll('#list', 4000, 60) },
  {
    name: 'plain page, another text',
    act: clickEach(Array.from({ length: 12 }, (_, n) => `#list > :nth-child(${String(n + 1)})`)),
  },
];

/** Runs in an empty page: as many lines as the tree has, and a place of the size of the editor that shows a text. */
export function fillPlain() {
  document.body.style.cssText = 'margin: 0; display: flex; height: 100vh; font: 13px sans-serif';
  const list = document.createElement('div');
  list.id = 'list';
  list.style.cssText = 'width: 290px; overflow: auto';
  const shown = document.createElement('pre');
  shown.style.cssText = 'flex: 1; margin: 0; overflow: hidden';
  for (let n = 0; n < 10_501; n += 1) {
    const line = document.createElement('div');
    line.style.height = '28px';
    line.textContent = `Create label ${n}`;
    list.append(line);
  }
  list.addEventListener('click', ({ target }) => {
    shown.textContent = Array.from({ length: 45 }, (_, n) => `${target.textContent}: line ${n}`).join('\n');
  });
  document.body.append(list, shown);
}
