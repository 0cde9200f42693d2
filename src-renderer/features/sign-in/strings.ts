import { defineTexts } from '../../ui/texts.ts';

/** The texts of the sign-in. */
export const useSignInTexts = defineTexts(
  'sign-in',
  {
    running: 'AIProxy is running.',
    version: 'Version',
    address: 'Address for SDKs',
    since: 'Since',
    token: 'Admin token',
    hint: 'It was shown at the first start. While AIProxy is stopped, “aiproxy admin-token --reset” (in a checkout: node bin/aiproxy.js) creates a new one.',
    signIn: 'Sign in',
    remember: 'Stay signed in on this computer for 30 days',
    wrong: 'Wrong admin token.',
    over: 'Your session has ended. Sign in again.',
    wait: 'Too many wrong tokens. Try again in {{seconds}} s.',
  },
  {
    running: 'AIProxy 正在运行。',
    version: '版本',
    address: 'SDK 地址',
    since: '启动时间',
    token: '管理员令牌',
    hint: '首次启动时显示过。停止 AIProxy 后，“aiproxy admin-token --reset”（源码目录中为 node bin/aiproxy.js）可生成新的令牌。',
    signIn: '登录',
    remember: '在此计算机上保持登录 30 天',
    wrong: '管理员令牌不正确。',
    over: '会话已结束，请重新登录。',
    wait: '错误次数过多，请在 {{seconds}} 秒后重试。',
  },
);
