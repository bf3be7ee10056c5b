/** Chinese, the machine room. */

import type { MachineStrings } from './en-machine.ts';
import { OP_FORMULAS } from './formulas.ts';

const number = (count: number): string => count.toLocaleString('zh-Hans');

export const zhMachine: MachineStrings = {
  fusing: '内核',
  fused: '与训练时相同',
  unfused: '逐个算子',
  views: '视图',
  timeline: '时间线',
  table: '表格',
  stage: '环节',
  allStages: '所有环节',
  stages: {
    embed: '嵌入',
    encode: '编码器',
    score: '打分',
    softmax: 'softmax',
    context: '上下文',
    decode: '解码器',
    loss: '损失',
    update: '更新',
  },
  measure: '重新测量',
  measuring: '正在权重的副本上测量一个训练步……',
  bands: { forward: '前向', backward: '反向', update: '更新' },
  summary: {
    label: '一个训练步',
    step: '整步',
    launches: '派发',
    operations: '运算',
    work: '计算量',
    roof: '本设备的屋顶',
    roofValue: (rate, bandwidth) => `${rate} · ${bandwidth}`,
    bandValue: (ms, share) => `${ms} · ${share}`,
    between: (isCpu) => (isCpu ? '各运算之和' : '各次启动之和'),
  },
  way: (dispatches, stepMs) => `每步 ${stepMs}，${dispatches} 次派发`,
  ratio: (times, isFusedFaster) =>
    isFusedFaster ? `融合后速度为原来的 ${times}。` : `在这里，逐个算子的速度是融合的 ${times}。`,
  clock: (clock, isCpu) => {
    if (clock === 'timestamp-query') return '计时：GPU 在每次派发前后的时间戳，取多次重复的平均。';
    return isCpu
      ? '计时：CPU 时钟，在每个运算前后，取多次重复的平均。'
      : '计时：CPU 时钟，成批重复每一次派发，因为这个 GPU 不提供时间戳。';
  },
  cpu: (rows) =>
    rows
      ? `本页在 CPU 上运行，所以这里是它的运算。计时的是 ${rows.batch} 行中由一个线程计算的 ${rows.timed} 行；其他线程同时做同样的事。`
      : '本页在 CPU 上运行，所以这里是它的运算；没有派发。',
  alreadySeparate: '这次运行本来就是每个算子单独派发。',
  line: (isCpu) => (isCpu ? '一个训练步的各个运算随时间的分布' : '一个训练步的各次派发随时间的分布'),
  lineHint: '方向键逐个移动；+ 和 − 缩放。',
  bar: (index, count, label, band, ms, share) =>
    `第 ${index} 个，共 ${count} 个，${label}，${band}，${ms}，占整步的 ${share}`,
  zoomIn: '放大',
  zoomOut: '缩小',
  zoomFit: '整步',
  columns: {
    order: '#',
    label: '启动',
    ms: '时间',
    workgroups: '工作组',
    bytes: '字节',
    flops: 'FLOP',
    gflops: '达到',
    share: '占屋顶',
  },
  tableLabel: (isCpu) => (isCpu ? '一个训练步的各个运算' : '一个训练步的各次派发'),
  sortBy: (column) => `按${column}排序`,
  detail: {
    label: '选中的启动',
    heading: (index, count, isCpu) => `第 ${number(index)} 个${isCpu ? '运算' : '派发'}，共 ${number(count)} 个`,
    previous: '上一个',
    next: '下一个',
    place: (stage, direction, word) => `${stage}，${direction}${word === null ? '' : `，第 ${word} 个目标词`}`,
    directions: { forward: '前向', backward: '反向' },
    time: '时间',
    timeValue: (ms, share) => `${ms}，占整步的 ${share}`,
    start: '开始于',
    grid: '工作组 × 大小',
    gridValue: (groups, size, invocations) => `${groups} × ${size} = ${invocations} 次调用`,
    bytes: '搬运的字节',
    flops: '计算量',
    intensity: '计算强度',
    rate: '达到',
    bandwidth: '内存流量',
    roof: '占屋顶',
    roofValue: (share, allowed, boundBy) => `${allowed} 的 ${share}，受限于${boundBy === 'memory' ? '内存' : '计算'}`,
    noTime: '太短，时钟测不出',
    above: (boundBy) =>
      boundBy === 'memory'
        ? '高于屋顶：它的操作数来自缓存，比测量屋顶所用的内存更快。'
        : '高于屋顶：它的乘法比测量屋顶所用的普通矩阵乘积更快。',
    gradientOf: '梯度：',
  },
  calls: {
    title: (count) => (count === 1 ? '它计算的算子' : `它计算的 ${number(count)} 个算子`),
    op: '算子',
    formula: '公式',
    count: '次数',
    operands: '操作数 [行, 列]',
    flops: 'FLOP',
  },
  formulas: {
    ...OP_FORMULAS,
    'dropout.forward': 'y = 保留 · x ∕ (1 − p)',
    'dropout.backward': 'dx = 保留 · dy ∕ (1 − p)',
    'cross-entropy.forward': 'L = −mean log p(正确词)',
    'cross-entropy.backward': 'dz = (p − 1[正确词]) ∕ n',
    predict: '词 = arg max z',
    'teacher-forcing': 'y = 给定的词或自己的词',
  },
  roofline: {
    title: '屋顶之下',
    x: 'FLOP/字节',
    y: 'GFLOP/s',
    summary: (point, share) => `这次启动：${point}；${share}。`,
    legend: '线：本设备的上限。圆环：这次启动；圆点：其他启动。',
  },
  source: {
    title: (lines) => `WGSL，${lines} 行`,
    entry: (entry) => `入口 ${entry}`,
    copy: '复制',
    copied: '已复制',
    notCopied: '浏览器不允许复制',
    label: (label) => `${label} 的 WGSL`,
    onCpu: '在 CPU 上由本页编译好的内核计算，没有 WGSL。',
  },
  kernels: '它的内核',
  nothingOfStage: (stage) => `这一步里没有单属于“${stage}”环节的启动。`,
  howCounted:
    'FLOP：加、乘、除、比较、exp 和 tanh，含填充。字节：每个读或写的操作数计一次。屋顶：在本设备上实测的最快的普通矩阵乘积和流式复制。',
};
