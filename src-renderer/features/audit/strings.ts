import { defineTexts } from '../../ui/texts.ts';

/** The texts of the audit log. */
export const useAuditTexts = defineTexts(
  'audit',
  {
    title: 'History',
    summary: 'What was changed, by whom, when and from where. Secrets are masked.',
    search: 'Search in all texts',
    time: 'Time',
    who: 'Who',
    action: 'Action',
    record: 'Record',
    recordId: 'ID of the record',
    changes: 'Changes',
    range: 'Time',
    any: 'Any',
    anyTime: 'Any time',
    none: 'Nothing was changed yet',
    noneFound: 'No entry matches the filters',
    older: 'Show older entries',
    theEnd: 'This is where the history begins.',
    '1h': 'Last hour',
    '24h': 'Last 24 hours',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
    '90d': 'Last 90 days',
    '365d': 'Last 365 days',
    admin_token: 'Admin token',
    run_token: 'This computer',
    session: 'Console',
    command: 'Command line',
    file: 'File edited by hand',
  },
  {
    title: '变更记录',
    summary: '谁在何时从何处更改了什么。密钥已隐藏。',
    search: '搜索所有文本',
    time: '时间',
    who: '操作者',
    action: '操作',
    record: '记录',
    recordId: '记录 ID',
    changes: '更改内容',
    range: '时间',
    any: '不限',
    anyTime: '不限时间',
    none: '还没有任何更改',
    noneFound: '没有符合筛选条件的记录',
    older: '显示更早的记录',
    theEnd: '变更记录从这里开始。',
    '1h': '最近 1 小时',
    '24h': '最近 24 小时',
    '7d': '最近 7 天',
    '30d': '最近 30 天',
    '90d': '最近 90 天',
    '365d': '最近 365 天',
    admin_token: '管理员令牌',
    run_token: '本机',
    session: '控制台',
    command: '命令行',
    file: '手动编辑文件',
  },
);

const useKindTexts = defineTexts(
  'audit-kinds',
  {
    user: 'User',
    proxy_key: 'Proxy-Key',
    group: 'Group',
    channel: 'Channel',
    price: 'Price',
    alert: 'Alert',
    system: 'Settings',
    session: 'Session',
    admin_token: 'Admin token',
    backup: 'Backup',
    document: 'Configuration',
    people: 'People',
    program: 'Program',
    demo: 'Demo',
  },
  {
    user: '用户',
    proxy_key: 'Proxy-Key',
    group: '用户组',
    channel: '渠道',
    price: '价格',
    alert: '告警',
    system: '设置',
    session: '登录会话',
    admin_token: '管理员令牌',
    backup: '备份',
    document: '配置',
    people: '人员',
    program: '程序',
    demo: '演示',
  },
);

const useDeedTexts = defineTexts(
  'audit-deeds',
  {
    create: 'created',
    update: 'changed',
    delete: 'deleted',
    rotate: 'rotated',
    reveal: 'shown in full',
    order: 'order changed',
    test: 'tested',
    try: 'tried',
    begin: 'signed in',
    end: 'signed out',
    end_others: 'all others signed out',
    refuse: 'wrong token refused',
    reset: 'replaced',
    restore: 'restored',
    import: 'imported',
    edit: 'edited by hand',
    shutdown: 'stopped',
    start: 'started',
    pause: 'paused',
    resume: 'resumed',
  },
  {
    create: '已创建',
    update: '已更改',
    delete: '已删除',
    rotate: '已轮换',
    reveal: '已完整显示',
    order: '已调整顺序',
    test: '已测试',
    try: '已试用',
    begin: '已登录',
    end: '已退出',
    end_others: '已退出所有其他会话',
    refuse: '已拒绝错误令牌',
    reset: '已更换',
    restore: '已恢复',
    import: '已导入',
    edit: '已手动编辑',
    shutdown: '已停止',
    start: '已启动',
    pause: '已暂停',
    resume: '已恢复运行',
  },
);

type KindKey = Parameters<ReturnType<typeof useKindTexts>>[0];
type DeedKey = Parameters<ReturnType<typeof useDeedTexts>>[0];

/** An action such as `user.create` in the reader's words; what has none as it is written. A kind alone is its name. */
export function useActionText(): (action: string) => string {
  const kinds = useKindTexts();
  const deeds = useDeedTexts();
  return (action) => {
    const [kind = '', deed] = action.split('.');
    // What no text is for comes back as it was asked for.
    const kindText = kinds(kind as KindKey);
    return deed === undefined ? kindText : `${kindText}: ${deeds(deed as DeedKey)}`;
  };
}
