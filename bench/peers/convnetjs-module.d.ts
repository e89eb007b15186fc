/** The part of ConvNetJS 0.3.0, which ships no types, that the bench uses. */
declare module 'convnetjs' {
  class Vol {
    constructor(sx: number, sy: number, depth: number, value: number);
    w: Float64Array;
    dw: Float64Array;
  }
  interface Layer {
    out_act: Vol;
    filters?: Vol[];
    biases?: Vol;
    layer_type: string;
    forward(input: Vol, isTraining: boolean): Vol;
    backward(y?: number): number | undefined;
    getParamsAndGrads(): { params: Float64Array; grads: Float64Array }[];
  }
  class Net {
    layers: Layer[];
    makeLayers(definitions: readonly object[]): void;
    forward(input: Vol, isTraining?: boolean): Vol;
    backward(y: number): number;
  }
  class Trainer {
    constructor(
      net: Net,
      options: { method: 'sgd'; learning_rate: number; momentum: number; batch_size: number; l2_decay: number },
    );
    train(input: Vol, y: number): { loss: number };
  }
  const convnetjs: { Vol: typeof Vol; Net: typeof Net; Trainer: typeof Trainer };
  export default convnetjs;
  export type { Layer, Net, Trainer, Vol };
}
