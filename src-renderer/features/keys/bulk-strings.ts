import { defineTexts } from '../../ui/texts.ts';

/** The texts of what is done to many Proxy-Keys at once. */
export const useKeysBulkTexts = defineTexts(
  'keysBulk',
  {
    selectAll: 'Select all Proxy-Keys on this page',
    isGone: 'This Proxy-Key no longer exists.',
    counted_one: '{{count}} Proxy-Key',
    counted_other: '{{count}} Proxy-Keys',
    enabled: 'Enabled: {{name}}.',
    disabled: 'Disabled: {{name}}. Requests with it are refused from now on.',
    partlyFailed_one: '{{count}} Proxy-Key could not be changed',
    partlyFailed_other: '{{count}} Proxy-Keys could not be changed',
    deleteTitle_one: 'Delete {{count}} Proxy-Key?',
    deleteTitle_other: 'Delete {{count}} Proxy-Keys?',
    deleteText:
      'Programs that use these Proxy-Keys are refused immediately, and they cannot be restored. Their usage stays in the statistics. To block them for a while, disable them instead.',
    deleted_one: '{{count}} Proxy-Key deleted.',
    deleted_other: '{{count}} Proxy-Keys deleted.',
  },
  {
    selectAll: '选择本页全部 Proxy-Key',
    isGone: '该 Proxy-Key 已不存在。',
    counted_other: '{{count}} 个 Proxy-Key',
    enabled: '已启用 {{name}}。',
    disabled: '已停用 {{name}}，使用它的请求从现在起将被拒绝。',
    partlyFailed_other: '{{count}} 个 Proxy-Key 修改失败',
    deleteTitle_other: '删除 {{count}} 个 Proxy-Key？',
    deleteText:
      '使用这些 Proxy-Key 的程序会立即被拒绝，且无法恢复。已产生的用量仍保留在统计中。如只需暂时拒绝，请改为停用。',
    deleted_other: '已删除 {{count}} 个 Proxy-Key。',
  },
);
