export const modelExtension = '.onnx';

/** Whether a file is a model rather than a picture. */
export const isModelFile = ({ name }: Pick<File, 'name'>): boolean =>
  name.toLowerCase().endsWith(modelExtension);
