/** Colours to choose from for environments; all bear white signs. */
export const palette = [
  { name: 'Red', colour: '#c93a31' },
  { name: 'Orange', colour: '#c2590d' },
  { name: 'Amber', colour: '#96690a' },
  { name: 'Green', colour: '#25804a' },
  { name: 'Teal', colour: '#147d80' },
  { name: 'Blue', colour: '#2a6fc4' },
  { name: 'Indigo', colour: '#4a52c9' },
  { name: 'Violet', colour: '#7d69cb' },
  { name: 'Pink', colour: '#bb3d82' },
  { name: 'Grey', colour: '#6b6b78' },
];

/** True for `#rgb` and `#rrggbb`, the forms that every reader of the file understands. */
export const isColour = (text: string) => /^#([\da-f]{3}|[\da-f]{6})$/i.test(text);
