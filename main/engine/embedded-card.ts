/** A model's card inside its ONNX file, so that the file alone can be shared. */
import schema from 'onnx-proto';
import { type ModelCard, modelCardSchema } from '../../preload/contract.ts';
import { parseJson } from '../library/json-file.ts';

const key = 'relume.card';

/** The file with the card in it; a card that it had before is replaced. */
export function withCard(onnx: Uint8Array, card: ModelCard): Uint8Array {
  const model = schema.onnx.ModelProto.decode(onnx);
  model.metadataProps = [
    ...model.metadataProps.filter((each) => each.key !== key),
    { key, value: JSON.stringify(card) },
  ];
  return schema.onnx.ModelProto.encode(model).finish();
}

/** The card that a file brings along; undefined where it has none that can be read. */
export function cardIn(onnx: Uint8Array): ModelCard | undefined {
  const { metadataProps } = schema.onnx.ModelProto.decode(onnx);
  const text = metadataProps.find((each) => each.key === key)?.value;
  return text ? modelCardSchema.safeParse(parseJson(text)).data : undefined;
}
