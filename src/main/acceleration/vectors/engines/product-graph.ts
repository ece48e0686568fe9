/**
 * An ONNX model that compares queries with the rows it holds: `Gemm` (inner products of all pairs)
 * and `TopK`. Inputs `queries` [q, d] and `k` [1]; outputs `scores` and `places` [q, k]. Written by
 * hand after onnx.proto (IR 8, opset 13): the rows are part of it, so a device keeps them.
 */
export function productGraph(rows: Float32Array, dimensions: number): Uint8Array {
  const count = rows.length / dimensions;
  const graph = message(
    field(1, node('Gemm', ['queries', 'rows'], ['products'], attribute('transB', 1))),
    field(1, node('TopK', ['products', 'k'], ['scores', 'places'])),
    field(2, text('product')),
    field(5, tensor('rows', [count, dimensions], rows)),
    field(11, value('queries', float, ['q', dimensions])),
    field(11, value('k', int64, [1])),
    field(12, value('scores', float, ['q', 'n'])),
    field(12, value('places', int64, ['q', 'n'])),
  );
  return message(
    number(1, 8),
    field(7, graph),
    field(8, message(field(1, text('')), number(2, 13))),
  );
}

/** Element types of onnx.proto. */
const float = 1;
const int64 = 7;

function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return message(
    ...inputs.map((name) => field(1, text(name))),
    ...outputs.map((name) => field(2, text(name))),
    field(4, text(type)),
    ...attributes.map((one) => field(5, one)),
  );
}

function attribute(name: string, whole: number): Uint8Array {
  return message(field(1, text(name)), number(3, whole), number(20, 2));
}

function tensor(name: string, sizes: readonly number[], values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const dims = sizes.map((size) => number(1, size));
  return message(...dims, number(2, float), field(8, text(name)), field(9, bytes));
}

function value(name: string, type: number, sizes: readonly (number | string)[]): Uint8Array {
  const dims = sizes.map((size) =>
    field(1, typeof size === 'number' ? number(1, size) : field(2, text(size))),
  );
  const shape = field(2, message(...dims));
  return message(field(1, text(name)), field(2, field(1, message(number(1, type), shape))));
}

/** Protocol buffers: a field with bytes, a field with a number, and their number format. */
function field(tag: number, bytes: Uint8Array): Uint8Array {
  return message(varint(tag * 8 + 2), varint(bytes.length), bytes);
}

function number(tag: number, whole: number): Uint8Array {
  return message(varint(tag * 8), varint(whole));
}

function varint(whole: number): Uint8Array {
  const bytes: number[] = [];
  let rest = whole;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function message(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
