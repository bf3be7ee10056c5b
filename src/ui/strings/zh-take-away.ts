/** Chinese: what can be taken away as a file. */

import type { TakeAwayStrings } from './en-take-away.ts';

export const zhTakeAway: TakeAwayStrings = {
  title: '导出',
  groups: { picture: '舞台上的热力图', meters: '指标曲线', model: '此刻的模型' },
  files: {
    svg: { format: 'SVG', what: '带词语和图例的矢量图，放大也清晰' },
    png: { format: 'PNG', what: '同一张图的像素版，两倍分辨率' },
    csv: { format: 'CSV', what: '全部权重，完整精度，两轴都有词语' },
    meters: { format: 'CSV', what: '全部曲线，每步一行，表头注明单位' },
    weights: { format: 'safetensors', what: '权重，名称与 PyTorch 一致' },
    pytorch: { format: 'PyTorch', what: '权重，以及加载、使用并核对它们的程序' },
    onnx: { format: 'ONNX', what: '供 onnxruntime 使用的模型，以及运行它的程序' },
  },
  save: (format, what, size) => `${format}：${what}${size && `，${size}`}`,
  saved: (fileName, size) => `已保存 ${fileName}，${size}。`,
  failed: (format, reason) => `无法生成 ${format} 文件（${reason}）。运行不受影响，请再试一次。`,
  noAttention: '这个模型没有注意力。',
  noPicture: '舞台上还没有句子。',
  noCurves: '训练第一步之后才有曲线。',
  noModel: '运行尚未就绪。',
  note: '文件在这台电脑上生成，不会发送到任何地方。要在这里继续的完整运行，请到“运行”下载。',
  subtitle: (task, step, isEdited) => `${task}，第 ${step} 步${isEdited ? '，手动编辑过' : ''}`,
  gold: '标准对齐',
};
