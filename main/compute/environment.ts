/** The environment of the compute process. */

/**
 * This process's own, with ONNX Runtime's telemetry off: its packages are built with an uploader, which this
 * variable keeps from being made at all when it is set before the library loads (microsoft/onnxruntime#27379).
 */
export function computeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
}
