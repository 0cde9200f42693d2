import { defineTexts } from './texts.ts';

/** What lists in an order of one's own say, aloud too. */
export const useSortableTexts = defineTexts(
  'sortable',
  {
    sortable: 'sortable',
    handle: 'Move {{name}}',
    up: 'Move {{name}} up',
    down: 'Move {{name}} down',
    instructions:
      'Press Space to pick it up, move it with the arrow keys, press Space again to put it down, or Escape to leave it where it was.',
    picked: '{{name}} picked up, place {{place}} of {{count}}.',
    over: '{{name}} is now at place {{place}} of {{count}}.',
    dropped: '{{name}} put down at place {{place}} of {{count}}.',
    left: '{{name}} stays where it was.',
  },
  {
    sortable: '可排序',
    handle: '移动 {{name}}',
    up: '上移 {{name}}',
    down: '下移 {{name}}',
    instructions: '按空格键拿起，用方向键移动，再按空格键放下，按 Esc 取消。',
    picked: '已拿起 {{name}}，第 {{place}} 位，共 {{count}} 位。',
    over: '{{name}} 现在位于第 {{place}} 位，共 {{count}} 位。',
    dropped: '{{name}} 已放到第 {{place}} 位，共 {{count}} 位。',
    left: '{{name}} 保持原位。',
  },
);
