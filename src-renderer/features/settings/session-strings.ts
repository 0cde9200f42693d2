import { defineTexts } from '../../ui/texts.ts';

/** The texts of the list of sessions. */
export const useSessionTexts = defineTexts(
  'settings-sessions',
  {
    title: 'Sessions',
    text: 'Where people are signed in to this console. A session ends after 12 hours without use and after 7 days; one that is remembered on a computer, after 30 days. A new admin token ends all of them.',
    where: 'Browser and address',
    this: 'This one',
    remembered: 'Remembered',
    program: 'Unknown program',
    began: 'Signed in',
    used: 'Last used',
    ends: 'Ends',
    deed: 'Action',
    end: 'Sign out',
    endOthers: 'Sign out all others',
    none: 'No sessions are open.',
  },
  {
    title: '登录会话',
    text: '哪些地方登录了此控制台。会话在 12 小时未使用或 7 天后结束；保持登录的会话在 30 天后结束。生成新的管理员令牌会结束所有会话。',
    where: '浏览器与地址',
    this: '当前会话',
    remembered: '保持登录',
    program: '未知程序',
    began: '登录时间',
    used: '最后使用',
    ends: '结束时间',
    deed: '操作',
    end: '退出登录',
    endOthers: '退出所有其他会话',
    none: '没有打开的会话。',
  },
);
