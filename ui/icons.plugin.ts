import type { Plugin } from 'vite';

type Shape = [tag: string, attributes: Record<string, string | number>];

const icon = /@lucide\/svelte\/dist\/icons\/([\w-]+)\.svelte$/;
const attribute = ([name, value]: [string, string | number]) => `${name}="${String(value)}"`;
const drawn = ([tag, attributes]: Shape) =>
  `<${tag} ${Object.entries(attributes).map(attribute).join(' ')} />`;

/**
 * Makes each icon a piece of the page that is copied as a whole. The package puts one together element by element and attribute
 * by attribute whenever it is shown, which takes longer than all else in a line of the tree.
 */
export function leanIcons(): Plugin {
  return {
    name: 'lean-icons',
    enforce: 'pre',
    transform: {
      filter: { id: icon },
      handler(code, id) {
        const data = /const iconData = (\{.*\});/.exec(code)?.[1];
        if (!data) this.error(`${id} is not written as expected.`);
        const { name, node } = JSON.parse(data) as { name: string; node: Shape[] };
        return `<script>
  let { size = 24, strokeWidth = 2 } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" class="lucide-icon lucide lucide-${name}" width={size} height={size}
  viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round"
  stroke-linejoin="round" aria-hidden="true">${node.map(drawn).join('')}</svg>`;
      },
    },
  };
}
