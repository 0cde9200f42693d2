import { defineTexts } from './texts.ts';

/** The texts of failover. */
export const useFailoverTexts = defineTexts(
  'failover',
  {
    label: 'Failover',
    hint: 'Whether the next channel takes over where the first does not answer. It is stored; this version does not do it yet.',
    userOrGroup: 'Same as the user',
    group: 'Same as the group',
    nobody: 'Off',
    on: 'On',
    off: 'Off',
  },
  {
    label: '故障转移',
    hint: '首选渠道没有响应时，是否由下一个渠道接替。设置会保存，但当前版本尚未执行。',
    userOrGroup: '跟随用户',
    group: '跟随用户组',
    nobody: '关',
    on: '开',
    off: '关',
  },
);
