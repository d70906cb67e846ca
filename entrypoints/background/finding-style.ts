/**
 * How findings look on a page: a tint and a line, told apart by the line as well as by the color. A sheet of the user
 * reaches into shadow roots, and the page's own rules do not override it.
 */
const kinds = [
  ['marked-1', '240 196 25', 'dotted'],
  ['marked-2', '240 130 20', 'solid'],
  ['marked-3', '226 40 40', 'double'],
] as const;

export const findingStyle = [
  ...kinds.map(
    ([name, color, line]) =>
      `::highlight(${name}){background-color:rgb(${color}/.22)!important;text-decoration:underline ${line} rgb(${color}) 2px!important}`,
  ),
  '::highlight(marked-4){background-color:rgb(64 132 255/.4)!important}',
].join('\n');
