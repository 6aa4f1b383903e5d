package org.netloom.exchange;

/** Element types of a safetensors file that Netloom reads, under the format's own names. */
enum TensorType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return this == I64 || this == I32;
  }
}
