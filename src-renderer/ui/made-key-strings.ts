import { defineTexts } from './texts.ts';

/** The texts beside a Proxy-Key that was just made. */
export const useMadeKeyTexts = defineTexts(
  'made-key',
  {
    madeTitle: 'Proxy-Key created',
    rotatedTitle: 'Proxy-Key rotated',
    text: 'Copy it now and hand it to its user. You can show it again later under Proxy-Keys.',
    copyKey: 'Copy the key',
    pointSdk: 'Point an SDK here',
    copyLines: 'Copy snippet',
    connect: 'More ways to connect',
    done: 'Done',
  },
  {
    madeTitle: '新的 Proxy-Key',
    rotatedTitle: '新密钥',
    text: '请立即复制并交给使用者。之后可在“Proxy-Key”页面再次查看。',
    copyKey: '复制密钥',
    pointSdk: '让 SDK 指向这里',
    copyLines: '复制这些行',
    connect: '更多接入方式',
    done: '完成',
  },
);
