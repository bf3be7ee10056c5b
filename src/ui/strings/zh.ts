/** Chinese, simplified. */

import type { DeviceProblem } from '../../lib/errors.ts';
import type { ExecutorReason } from '../../training/protocol.ts';
import { technical, zhProblem } from './problems-zh.ts';
import type { Strings } from './strings.ts';
import { zhAccess } from './zh-access.ts';
import { zhCell } from './zh-cell.ts';
import { zhClassifier } from './zh-classifier.ts';
import { zhData } from './zh-data.ts';
import { zhExplains } from './zh-explains.ts';
import { zhFaults } from './zh-faults.ts';
import { zhLessons } from './zh-lessons.ts';
import { zhLstm } from './zh-lstm.ts';
import { zhMachine } from './zh-machine.ts';
import { zhNextWords } from './zh-next-words.ts';
import { zhPicture } from './zh-picture.ts';
import { zhReference } from './zh-reference.ts';
import { zhRibbons } from './zh-ribbons.ts';
import { zhRuns } from './zh-runs.ts';
import { zhShipped } from './zh-shipped.ts';
import { zhStrategy } from './zh-strategy.ts';
import { zhTasks } from './zh-tasks.ts';
import { zhTime } from './zh-time.ts';
import { zhTooLate } from './zh-too-late.ts';
import { zhWhatIf } from './zh-what-if.ts';
import { zhWords } from './zh-words.ts';

const quote = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

const NO_DEVICE: Readonly<Record<DeviceProblem, string>> = {
  'no-api': '这个浏览器没有 WebGPU，或页面不在安全上下文中',
  'no-adapter': '浏览器没有提供 GPU 适配器',
  'no-device': 'GPU 没有给出设备',
};

function whyExecutor(reason: ExecutorReason, adapter: (name: string) => string): string {
  switch (reason.kind) {
    case 'no-webgpu':
      return `为什么不用 WebGPU：${NO_DEVICE[reason.problem]}。`;
    case 'on-show':
      return '展示训练好的模型不需要 GPU；开始训练时才会请求。';
    case 'no-simd':
      return '为什么用参考实现：这个浏览器没有带 SIMD 的 WebAssembly。';
    case 'fault':
      return zhFaults.whyCpu(reason.cause, reason.message);
    case 'software-adapter':
      return `为什么不用 WebGPU：唯一的适配器 ${adapter(reason.adapter)} 本身就在 CPU 上计算。两者都会被测速。`;
    case 'measured': {
      const { cpuMs, webgpuMs, isLeast } = reason;
      if (isLeast)
        return `实测 CPU 更快：每步 ${milliseconds(cpuMs)}；在 ${adapter(reason.adapter)} 上，仅矩阵乘法就要 ${milliseconds(webgpuMs)}。`;
      const [name, other] = cpuMs <= webgpuMs ? ['CPU', adapter(reason.adapter)] : [adapter(reason.adapter), 'CPU'];
      const [fast, slow] = [Math.min(cpuMs, webgpuMs), Math.max(cpuMs, webgpuMs)];
      return `实测 ${name} 更快：每步 ${milliseconds(fast)}，${other} 为 ${milliseconds(slow)}。`;
    }
  }
}

export const zh: Strings = {
  ...zhReference,
  language: 'zh-Hans',
  access: zhAccess,
  app: {
    name: 'Heed',
    title: 'Heed：看翻译模型学会该看哪里',
    controls: '训练控制',
    model: '任务与模型',
    stage: '舞台',
    meters: '表现如何',
    skipToStage: '跳到热力图',
    close: '关闭',
  },
  joined: {
    list: (items) => items.join('，'),
    sentences: (sentences) => sentences.join(''),
    named: (name, text) => `${name}：${text}`,
  },
  openTerm: (label) => `${label}：这是什么？`,
  header: {
    task: '任务',
    train: '训练',
    pause: '暂停',
    step: '一步',
    steps: '步',
    stepCount: '步数',
    badStepCount: '1 到 100,000 之间的整数',
    reset: '重置',
    speed: '速度',
    paces: { 'slow-motion': '慢动作', full: '全速' },
    limitedPace: (n) => `每秒 ${n} 步`,
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    copyLink: '复制链接',
    linkCopied: '链接已复制',
    takeAway: '导出',
    help: '键盘',
  },
  display: {
    label: '中文：语言、主题和大小',
    short: '中文',
    language: '语言',
  },
  figures: {
    label: '实时数值',
    step: '步',
    exact: '全对',
    rate: '步/秒',
    opening: '正在准备运行',
    pausing: '正在完成这一步',
  },
  goal: {
    label: (goal) => `目标：${goal} 全对`,
    reached: (step) => `在第 ${step} 步达到`,
    notYet: (now) => `现在 ${now}`,
    inPast: (share) => `当时 ${share}`,
    unknown: '尚未测量',
  },
  help: {
    title: '键盘',
    keys: [
      { keys: ['Space'], does: '训练或暂停' },
      { keys: ['S'], does: '走一步' },
      { keys: ['N'], does: '走 n 步' },
      { keys: ['R'], does: '重置到同样的初始权重' },
      { keys: ['−', '+'], does: '慢一些、快一些' },
      { keys: ['/'], does: '输入句子' },
      { keys: ['1', '2', '3', '4'], does: '把一个探针句放上舞台' },
      { keys: ['F'], does: '自由运行或教师强制' },
      { keys: ['V'], does: '在单元格里显示数值' },
      { keys: ['B'], does: '以表格显示热力图' },
      { keys: ['M'], does: '矩阵或丝带' },
      { keys: ['L'], does: '对数损失' },
      { keys: ['P'], does: '从第一个时刻起回放这次运行' },
      { keys: ['[', ']'], does: '后退、前进一个时刻' },
      { keys: ['K'], does: '保留这个时刻' },
      { keys: ['.'], does: '回到实时' },
      { keys: ['C'], does: '复制链接' },
      { keys: ['D'], does: '下载这次运行' },
      { keys: ['O'], does: '保存的运行' },
      { keys: ['E'], does: '可导出的文件' },
      { keys: ['G'], does: '课程列表，或打开的卡片' },
      { keys: ['T'], does: '切换主题' },
      { keys: ['方向键'], does: '在单元格间移动；Home、End 到行首行尾，加 Ctrl 到首尾单元格' },
      { keys: ['Enter'], does: '固定一个单元格或一个词' },
      { keys: ['Esc'], does: '取消固定、关闭、回到实时' },
      { keys: ['?'], does: '显示这张表' },
    ],
    shortcuts: '单个按键是快捷键。输入文字时不起作用。',
  },
  samples: { title: '它从未见过的句对' },
  model: {
    title: '这次运行',
    parameters: '参数',
    memory: '内存',
    memoryValue: (bytes, buffers) => `${bytes}，${buffers} 个缓冲区`,
    dispatches: '每步派发',
    operations: '每步运算',
    moving: '正在准备；在此之前仍在这里运行。',
    pairs: '句对',
    pairsValue: (train, heldOut) => `${train}，留出 ${heldOut}`,
    vocabulary: '词表',
    vocabularyValue: (source, target) => `${source} → ${target}`,
    executor: '运行于',
    executors: { auto: '优先 WebGPU，否则 CPU', webgpu: 'WebGPU', cpu: 'CPU' },
    cpu: (threads) => (threads === 0 ? 'CPU（float64 参考实现），较慢' : `CPU（SIMD，${threads} 个线程）`),
    software: (adapter) => `软件 GPU（${adapter}），较慢`,
    gpu: (adapter) => `WebGPU（${adapter}）`,
    why: whyExecutor,
    bytes: (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`),
  },
  strategy: zhStrategy,
  classifier: zhClassifier(zhReference),
  tooLate: zhTooLate,
  ribbons: zhRibbons,
  picture: zhPicture,
  nextWords: zhNextWords,
  words: zhWords,
  sentence: {
    label: '要翻译的句子',
    placeholder: (example) => `输入一个句子，例如：${example}`,
    translate: '翻译',
    translating: '正在翻译',
    probes: '探针句',
    choose: '舞台上的句子',
    probeNamed: (index, text) => `探针句 ${index}：“${text}”`,
    own: '你的',
    unknownWords: (words) =>
      `模型从未读过${words.slice(0, 4).map(quote).join('、')}${words.length > 4 ? '等词' : ''}：` +
      `${words.length === 1 ? '在它看来' : '在它看来，每一个都'}是未知词。`,
    allUnknown: '这些词模型一个也不认识，所以译文没有意义。请试试样例句对里的词。',
    noReference: '这个句子没有已知的参考译文；解码器自由运行。',
    source: '源句',
    model: '模型',
    reference: '参考',
    note: '提示',
    isRight: '正确',
    wrongWords: (count) => `错 ${count} 个词`,
    missingWords: (count) => `缺 ${count} 个词`,
    wrongWord: '参考译文此处不是它',
    unknownWord: '模型不认识的词',
    end: '结束',
    unknown: '未知词',
    space: '空格',
    nothing: '还没有词',
    incomplete: '没有结束',
  },
  heatmap: {
    title: '注意力',
    grid: (source, target) => `从“${source}”到“${target}”的注意力`,
    cell: (row, target, column, source, weight) => `输出 ${row}“${target}”看向输入 ${column}“${source}”：${weight}`,
    gold: '标准对齐',
    rest: '停在单元格上即可读数。点击打开它；按 V 显示所有数值。',
    cellReadout: (target, source, weight) => `“${target}”看向“${source}”：${weight}`,
    targetWord: (word, probability, source, weight) => `“${word}”：概率 ${probability}；最多看向“${source}”：${weight}`,
    targetWordOnly: (word, probability) => `“${word}”：概率 ${probability}`,
    sourceWord: (word, target, weight) => `“${word}”最多被“${target}”读取：${weight}`,
    probability: (probability) => `p ${probability}`,
    held: '阅读时保持不变',
    pinned: '已固定',
    values: '数值',
    table: '表格',
    decoding: '前一个词来自',
    modes: { 'free-running': '自由运行', 'teacher-forced': '教师强制' },
    shortModes: { 'free-running': '自由', 'teacher-forced': '强制' },
    legend: 'α',
    goldLegend: '标准对齐',
    probabilityLegend: '该词的概率',
    noAttention: '这个模型没有注意力，所以没有热力图可画。',
    noAttentionHint: '每个词都只凭编码器的最后一个状态写出。选择另一种打分方式，解码器就能回头看。',
    chooseScore: '选择打分方式',
    empty: '运行准备好后，第一幅图就会出现。',
    tableCaption: '注意力权重：每个输出词一行，每个输入词一列',
    targetHeader: '输出',
    probabilityHeader: '概率',
  },
  data: zhData,
  drawer: {
    label: '看看内部',
    panels: {
      cell: '打开单元格',
      lstm: 'LSTM 单步',
      'what-if': '如果……',
      'next-words': '下一个词',
      words: '词向量图',
      explains: '它能解释吗？',
      compare: '比较',
      machine: '机房',
      data: '你的数据',
    },
    close: '关闭抽屉',
    loading: '正在询问模型',
    atStep: (step) => `第 ${step} 步`,
    nothingStaged: '舞台上还没有句子。',
    past: '舞台显示的是过去的时刻，它的权重已不在。回到实时才能看内部。',
    height: '抽屉的高度',
    held: '阅读时保持不变',
  },
  tasks: zhTasks,
  time: zhTime,
  cell: zhCell,
  lessons: zhLessons,
  lstm: zhLstm,
  meters: {
    charts: {
      loss: { label: '损失', unit: 'nat/词元' },
      exactMatch: { label: '完全匹配', unit: '%' },
      alignmentError: { label: '对齐错误', unit: '%' },
      decidingWord: { label: '关键词', unit: '%' },
      bleu: { label: 'BLEU', unit: '' },
      tokenAccuracy: { label: '词元准确率', unit: '%' },
      attentionEntropy: { label: '注意力熵', unit: '0 到 1' },
      gradientNorm: { label: '梯度范数', unit: '' },
      stepsPerSecond: { label: '步/秒', unit: '' },
      tokensPerSecond: { label: '词元/秒', unit: '' },
    },
    train: '每一步',
    smoothed: '平滑后',
    heldOut: '留出集',
    newestOn: (pairs) => `，${pairs} 对`,
    log: '对数',
    logScale: '损失用对数刻度',
    waiting: '训练第一步后开始画曲线。',
    atStep: (step) => `第 ${step} 步`,
    summary: (label, first, last, least, most) => `${label}：从 ${first} 到 ${last}；最小 ${least}，最大 ${most}。`,
    noData: (label) => `${label}：还没有数值。`,
    probes: '探针句',
    showProbe: (text) => `放上舞台：“${text}”`,
    steps: '步',
  },
  status: {
    training: (step, loss, exact) => `第 ${step} 步，损失 ${loss}${exact ? `，完全匹配 ${exact}` : ''}`,
    paused: (step, loss, exact) =>
      `在第 ${step} 步暂停${loss ? `，损失 ${loss}` : ''}${exact ? `，完全匹配 ${exact}` : ''}`,
    opened: '可以开始训练',
  },
  notices: {
    linkProblems: (names) => `这个链接里有无法使用的值：${names}。这些项改用默认值，其余都保留。`,
    linkValue: (name, text) => `${name} = ${quote(text)}`,
    linkUnknown: (name) => `${quote(name)}（没有这个设置）`,
    reopened: (changes) => `${changes}。运行已从同样的初始权重重新开始。`,
    change: (label, from, to) => `${label} ${from} → ${to}`,
    undo: '撤销',
    refused: (reason) => `${reason}运行照旧继续。`,
    linkCopied: '链接已复制，其中带有你的设置和当前视图。',
    linkNotCopied: '浏览器不允许复制。链接在这里：',
    languageNotLoaded: '无法加载这种语言的文字；页面仍用中文。',
    dismiss: '知道了',
  },
  failure: {
    title: '运行停止了。',
    safe: '你的设置、句子和链接都安全；这次运行的权重已丢失。',
    reopen: '重新打开运行',
  },
  faults: zhFaults,
  runs: zhRuns,
  shipped: zhShipped,
  whatIf: zhWhatIf,
  explains: zhExplains,
  machine: zhMachine,
  error(error, fieldLabel) {
    const { name, details } = error;
    if (name === 'SentenceError')
      return details.reason === 'empty'
        ? '还没有可翻译的内容。请输入几个词。'
        : '这个句子对模型来说太长。请缩短后再试。';
    if (name === 'ConfigError') return `${fieldLabel(details.field)}不能取这个值。${technical(error.message)}`;
    if (name === 'CorpusFormatError') return zhProblem(error);
    if (name === 'CheckpointFormatError') return `这不是本页能打开的运行，或者它已损坏。${technical(error.message)}`;
    if (name === 'DeviceUnavailableError') {
      const problem = details.problem as DeviceProblem | undefined;
      return `WebGPU 不可用：${NO_DEVICE[problem ?? 'no-device'] ?? NO_DEVICE['no-device']}。`;
    }
    if (name === 'DeviceLostError') return 'GPU 断开了，休眠或驱动更新之后会这样。';
    if (name === 'ShaderCompilationError') return 'GPU 驱动拒绝了本页的一个程序。';
    if (name === 'SelfTestError') return 'GPU 把一个小小的测试步算错了，这次运行不再信任它。';
    if (name === 'AllocationError') return 'GPU 放不下这个模型。';
    if (name === 'WorkerError') return `训练线程停止了。${technical(error.message)}`;
    return `出了问题。${technical(error.message)}`;
  },
};
