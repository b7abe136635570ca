import * as onnxProto from "onnx-proto";

// CommonJS without named exports that Node could see: its namespace is the default.
/** The messages of an ONNX file (onnx.ai, onnx.proto). */
export const { onnx } = (onnxProto as unknown as { default: typeof onnxProto }).default;

export type OnnxNode = onnxProto.onnx.INodeProto;
export type OnnxTensor = onnxProto.onnx.ITensorProto;
export type OnnxAttribute = onnxProto.onnx.IAttributeProto;
export type OnnxValueInfo = onnxProto.onnx.IValueInfoProto;
