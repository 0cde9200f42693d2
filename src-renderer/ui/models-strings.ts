import { defineTexts } from './texts.ts';

/** The texts of the choice of models, which keys, users and groups have. */
export const useModelsTexts = defineTexts(
  'models',
  {
    models: 'Models',
    all: 'All',
    chosen: 'Only these',
    allHint_key: 'Every model that the channels offer and that user and group may use.',
    allHint_user: 'Every model that the channels offer and that the group may use.',
    allHint_group: 'Every model that the channels offer.',
    hint_key:
      'Names, or patterns such as gpt-*. Press Enter after each. User and group may narrow it further.',
    hint_user:
      'Names, or patterns such as gpt-*. Press Enter after each. It holds for all Proxy-Keys of the user.',
    hint_group:
      'Names, or patterns such as gpt-*. Press Enter after each. It holds for all users of the group.',
    none: 'Without a model, every request that names one is refused.',
    list: 'Allowed models',
    bad: 'Between 1 and 256 characters each',
  },
  {
    models: '模型',
    all: '全部',
    chosen: '仅限以下',
    allHint_key: '渠道提供且用户和用户组允许的所有模型。',
    allHint_user: '渠道提供且用户组允许的所有模型。',
    allHint_group: '渠道提供的所有模型。',
    hint_key: '模型名称，或 gpt-* 之类的通配。每输入一个按回车键。用户和用户组可能进一步限制。',
    hint_user: '模型名称，或 gpt-* 之类的通配。每输入一个按回车键。对该用户的所有 Proxy-Key 生效。',
    hint_group: '模型名称，或 gpt-* 之类的通配。每输入一个按回车键。对该组的所有用户生效。',
    none: '没有模型时，所有指定模型的请求都会被拒绝。',
    list: '允许的模型',
    bad: '每项 1 到 256 个字符',
  },
);
