import { defineTexts } from '../../ui/texts.ts';

/** The texts of the connection to a central key service. */
export const useCentralTexts = defineTexts(
  'settings-central',
  {
    here: 'On this computer',
    hereText: 'The platforms’ keys are stored here, in your channels.',
    there: 'In a central key service',
    thereText:
      'Another AIProxy, such as your company’s, holds the platforms’ keys. This computer only has a Proxy-Key for it.',
    connected: 'Connected to {{address}}',
    service: 'Central key service',
    address: 'Address of the service',
    addressHint: 'As your administrator gave it to you, such as https://aiproxy.example.com',
    fromLink: 'This address came from a link. Nothing is stored until you connect. Do you trust the sender?',
    proxyKey: 'Your Proxy-Key there',
    proxyKeyHint: 'It is tested before anything is stored.',
    keepKey: 'Leave empty to keep {{key}}.',
    connect: 'Test and connect',
    change: 'Test and save',
    done: 'Connected to {{address}}',
    force: 'Save without testing',
    forceTitle: 'Save without a successful test?',
    forceText:
      'The service did not accept it. Requests will fail until it does. Save it only if you know that the service cannot be reached from here yet.',
    disconnect: 'Disconnect',
    disconnectTitle: 'Disconnect from the central key service?',
    disconnectText:
      'Requests to this computer no longer go there. The channel and Proxy-Key are kept but not used, so that you can reconnect without entering them again.',
    disconnected: 'Disconnected',
    others: 'Channels on this computer continue to work.',
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
