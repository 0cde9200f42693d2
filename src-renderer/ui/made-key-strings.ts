import { defineTexts } from './texts.ts';

/** The texts beside a Proxy-Key that was just made. */
export const useMadeKeyTexts = defineTexts(
  'made-key',
  {
    madeTitle: 'Your new Proxy-Key',
    rotatedTitle: 'The new key',
    text: 'Copy it now and hand it on. It is not shown again unasked.',
    copyKey: 'Copy the key',
    pointSdk: 'Point an SDK here',
    copyLines: 'Copy the lines',
    connect: 'More ways to connect',
    done: 'Done',
  },
  {
    madeTitle: '新的 Proxy-Key',
    rotatedTitle: '新密钥',
    text: '请立即复制并交给使用者。之后不会再主动显示。',
    copyKey: '复制密钥',
    pointSdk: '让 SDK 指向这里',
    copyLines: '复制这些行',
    connect: '更多接入方式',
    done: '完成',
  },
);
