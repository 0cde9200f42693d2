import { defineTexts } from '../../ui/texts.ts';

/** A word on what each platform is; one that is not among them shows its own name alone. */
export const usePlatformTexts = defineTexts(
  'platforms',
  {
    openai: 'GPT, embeddings, images, speech and realtime',
    anthropic: 'Claude',
    gemini: 'Gemini, with live sessions',
    azure: 'OpenAI’s models in your own Azure resource',
    dashscope: 'Qwen and speech models of Alibaba Bailian',
    ollama: 'Models on this or another computer, without a key',
    openai_compatible: 'DeepSeek, Moonshot, vLLM, LM Studio and others that copy OpenAI’s paths',
    aiproxy: 'Another AIProxy that holds the keys; its key is your Proxy-Key',
    custom: 'Any other API that takes a bearer key; paths pass as they come',
    pickTitle: 'Add a channel',
    pickText: 'Choose a platform.',
    other: 'Another platform',
  },
  {
    openai: 'GPT、向量、图像、语音与实时',
    anthropic: 'Claude',
    gemini: 'Gemini，支持实时会话',
    azure: '您自己 Azure 资源中的 OpenAI 模型',
    dashscope: '阿里云百炼的通义千问与语音模型',
    ollama: '本机或其他计算机上的模型，无需密钥',
    openai_compatible: 'DeepSeek、Moonshot、vLLM、LM Studio 等兼容 OpenAI 路径的服务',
    aiproxy: '另一台保存密钥的 AIProxy，密钥为您的 Proxy-Key',
    custom: '其他使用 Bearer 密钥的 API，路径原样转发',
    pickTitle: '添加渠道',
    pickText: '通往哪个平台？',
    other: '换一个平台',
  },
);
