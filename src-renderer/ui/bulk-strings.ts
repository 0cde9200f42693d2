import { defineTexts } from './texts.ts';

/** The texts of what is done to many records of a list at once. */
export const useBulkTexts = defineTexts(
  'bulk',
  {
    select: 'Select {{name}}',
    selected_one: '{{count}} selected',
    selected_other: '{{count}} selected',
    takeAll: 'Select all {{number}} that match',
    unselect: 'Clear selection',
    deleteSome: 'Delete…',
    working: 'Changing {{done}} of {{count}}…',
  },
  {
    select: '选择 {{name}}',
    selected_other: '已选择 {{count}} 个',
    takeAll: '选择符合条件的全部 {{number}} 个',
    unselect: '取消选择',
    deleteSome: '删除…',
    working: '正在修改 {{done}} / {{count}}…',
  },
);
