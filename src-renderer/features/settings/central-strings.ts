import { defineTexts } from '../../ui/texts.ts';

/** The texts of the connection to a central key service. */
export const useCentralTexts = defineTexts(
  'settings-central',
  {
    here: 'On this computer',
    hereText: 'The platforms’ keys are stored here, in the channels that you set up.',
    there: 'At a central key service',
    thereText:
      'Another AIProxy, such as your company’s, holds the platforms’ keys. This computer only has its own Proxy-Key for it.',
    connected: 'Connected to {{address}}',
    service: 'Central key service',
    address: 'Address of the service',
    addressHint: 'As its administrator gave it to you, such as https://aiproxy.example.com',
    fromLink: 'This address came with a link. Nothing is stored until you connect. Do you trust who sent it?',
    proxyKey: 'Your Proxy-Key there',
    proxyKeyHint: 'It is tried out before anything is stored.',
    keepKey: 'Left empty, {{key}} stays.',
    connect: 'Test and connect',
    change: 'Test and save',
    done: 'Connected to {{address}}',
    force: 'Store it without a test',
    forceTitle: 'Store what was not tested?',
    forceText:
      'The service was asked and did not take it. Requests will fail until it does. Do this if you know that it cannot be reached from here yet.',
    disconnect: 'Disconnect',
    disconnectTitle: 'Disconnect from the central key service?',
    disconnectText:
      'Requests to this computer no longer go there. Channel and Proxy-Key are kept but not used, so that you can connect again without typing them.',
    disconnected: 'Disconnected',
    others: 'Channels that you set up on this computer go on working.',
    toChannels: 'Channels on this computer',
  },
  {
    here: '在本机',
    hereText: '平台密钥保存在本机您所设置的渠道中。',
    there: '在中央密钥服务',
    thereText: '由另一个 AIProxy（例如公司的）保管平台密钥，本机只持有自己的 Proxy-Key。',
    connected: '已连接到 {{address}}',
    service: '中央密钥服务',
    address: '服务地址',
    addressHint: '由服务管理员提供，例如 https://aiproxy.example.com',
    fromLink: '此地址来自一个链接。连接之前不会保存任何内容。您信任发送者吗？',
    proxyKey: '您在该服务的 Proxy-Key',
    proxyKeyHint: '保存之前会先进行测试。',
    keepKey: '留空则继续使用 {{key}}。',
    connect: '测试并连接',
    change: '测试并保存',
    done: '已连接到 {{address}}',
    force: '不测试直接保存',
    forceTitle: '保存未通过测试的内容？',
    forceText:
      '已询问该服务，但未成功。在其可用之前，请求都会失败。仅当您知道目前无法从此处访问该服务时才这样做。',
    disconnect: '断开连接',
    disconnectTitle: '断开与中央密钥服务的连接？',
    disconnectText:
      '本机的请求将不再发往该服务。渠道和 Proxy-Key 会保留但不再使用，以后无需重新输入即可再次连接。',
    disconnected: '已断开连接',
    others: '您在本机设置的渠道继续可用。',
    toChannels: '本机的渠道',
  },
);
