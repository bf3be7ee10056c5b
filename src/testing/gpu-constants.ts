/** The WebGPU constants that reflection needs, for tests that run where there is no WebGPU. */

/** `GPUShaderStage` of the WebGPU specification, section 8.3. */
const SHADER_STAGES = { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 };

Object.assign(globalThis, { GPUShaderStage: globalThis.GPUShaderStage ?? SHADER_STAGES });
